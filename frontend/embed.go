// Package frontend holds the built pages: `go run ./build frontend` makes dist.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Assets gives the built front end: index.html and what it needs. In a checkout
// where it has not been built there is no index.html.
func Assets() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the embedded folder is part of the program
	}
	return sub
}

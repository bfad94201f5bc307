// Command mailwright opens the window. The same program in a terminal is
// app/cli.
package main

import (
	"os"

	"github.com/mailwright/mailwright/app/desktop"
	"github.com/mailwright/mailwright/frontend"
)

func main() {
	os.Exit(desktop.Main(os.Args[1:], frontend.Assets()))
}

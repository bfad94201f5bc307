// Command bindings writes the TypeScript client of the services: an interface
// for every struct that crosses, and one object per service whose methods call
// the bridge. `go run ./build bindings` runs it; CI runs it again and compares.
package main

import (
	"fmt"
	"os"

	"github.com/mailwright/mailwright/app"
)

const target = "frontend/src/lib/generated/api.ts"

func main() {
	text, err := Generate(app.New(app.Options{}).Services())
	if err == nil {
		err = os.WriteFile(target, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bindings:", err)
		os.Exit(1)
	}
}

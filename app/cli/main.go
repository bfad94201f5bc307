// Command mailwright-cli is Mailwright in a terminal: the same services as the
// window, for scripts and for checks from outside. Its contract is docs/cli.md.
//
// Each noun's commands are in a file of their own (segment.go, campaign.go, …)
// as a struct that kong reads; cli.go lists them. A command's Run gets the
// runtime: it opens the workspace, prints in the asked form, and turns faults
// into exit codes.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

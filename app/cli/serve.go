package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/mailwright/mailwright/app/browser"
	"github.com/mailwright/mailwright/app/web"
	"github.com/mailwright/mailwright/frontend"
)

type serveCommand struct {
	Port int `help:"The loopback port; any free one when 0." default:"0"`
}

// Run serves the window's pages on loopback until it is interrupted. With -w the
// workspace is open; without, the page offers to open one.
func (c serveCommand) Run(rt *runtime) error {
	rt.lingers = true
	a, err := rt.services()
	if err != nil {
		return err
	}
	if rt.globals.Workspace != "" {
		if err := a.OpenWorkspace(rt.ctx, rt.globals.Workspace); err != nil {
			return err
		}
	}
	uploads, err := os.MkdirTemp("", "mailwright-uploads-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(uploads) }()
	handler := web.Handler(web.Options{
		App: a, Assets: frontend.Assets(), Uploads: uploads,
		Log: slog.New(slog.NewTextHandler(rt.stderr, nil)),
	})
	s, err := browser.Listen(c.Port, handler)
	if err != nil {
		return err
	}
	if err := rt.print(map[string]string{"url": s.URL()}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Open this address, once, in a browser on this machine:\n%s\nCtrl+C ends it.\n", s.URL())
	}); err != nil {
		return err
	}
	return s.Serve(rt.ctx)
}

// Package desktop is the window: Wails' life cycle, and native dialogs
// around the services of package app. Calls do not use Wails' bindings: the page
// asks the same handler as in a browser, through Wails' asset server, so that
// nothing is bound to scripts and there is one protocol.
package desktop

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/app/web"
)

// Main runs the window until it is closed and gives the exit code. Arguments:
// a workspace file to open, or --demo for the demo shop, which is made when it
// is not there.
func Main(args []string, assets fs.FS) int {
	flags := flag.NewFlagSet("mailwright", flag.ContinueOnError)
	demo := flags.Bool("demo", false, "open the demo shop, making it when it is not there")
	data := flags.String("data", "", "the folder of settings and of the demo shop")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if err := run(*data, *demo, flags.Arg(0), assets); err != nil {
		fmt.Fprintln(os.Stderr, "mailwright:", err)
		return 1
	}
	return 0
}

func run(data string, demo bool, file string, assets fs.FS) error {
	calmNVIDIA()
	shell := &nativeShell{}
	a := app.New(app.Options{Actor: "window", DataDir: data, Shell: shell, Lingers: true})
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	open := func(ctx context.Context) {
		shell.ready(ctx)
		if err := openFirst(ctx, a, demo, file); err != nil {
			log.Error("open at start", "error", err)
		}
	}
	err := wails.Run(&options.App{
		Title:            "Mailwright",
		Width:            1280,
		Height:           800,
		MinWidth:         960,
		MinHeight:        640,
		BackgroundColour: &options.RGBA{R: 250, G: 250, B: 249, A: 255},
		AssetServer:      &assetserver.Options{Handler: web.Handler(web.Options{App: a, Assets: assets, Log: log})},
		Logger:           quiet{log},
		OnStartup:        open,
		Linux:            &linux.Options{ProgramName: "mailwright", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Windows:          &windows.Options{WebviewIsTransparent: false},
	})
	if e := a.Close(); err == nil {
		err = e
	}
	return err
}

// openFirst opens what the command line names. Without a name the page offers
// what there is.
func openFirst(ctx context.Context, a *app.App, demo bool, file string) error {
	switch {
	case file != "":
		abs, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		return a.OpenWorkspace(ctx, abs)
	case demo:
		_, err := a.Workspace().CreateDemo(ctx, app.NewDemo{})
		return err
	}
	return nil
}

// calmNVIDIA keeps WebKitGTK's DMA-BUF renderer, which shows nothing with some
// drivers, off unless the user decided otherwise.
func calmNVIDIA() {
	const name = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, set := os.LookupEnv(name); runtime.GOOS == "linux" && !set {
		_ = os.Setenv(name, "1")
	}
}

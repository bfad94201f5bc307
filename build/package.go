package main

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
)

const (
	nfpmModule   = "github.com/goreleaser/nfpm/v2/cmd/nfpm"
	nfpmVersion  = "v2.48.0"
	winresModule = "github.com/tc-hib/go-winres"
	winresVer    = "v0.3.3"
	out          = "build/out"
)

// pack makes what people install: a .deb and a tar.gz for Linux, and the
// Windows program, built here without cgo.
func pack([]string) error {
	if err := buildWindow(); err != nil {
		return err
	}
	if _, err := buildCLI(); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, step := range []func() error{packDeb, packTar, packWindows} {
		if err := step(); err != nil {
			return err
		}
	}
	say("packages are in %s", out)
	return nil
}

func packDeb() error {
	nfpm, err := goTool("nfpm", nfpmModule, nfpmVersion)
	if err != nil {
		return err
	}
	return cmd(nfpm, "package", "--config", "build/linux/nfpm.yaml", "--packager", "deb", "--target", out).run()
}

// packed is what a tar.gz holds, by where it lies in the checkout.
var packed = []struct {
	from, to string
	mode     int64
}{
	{"build/bin/mailwright", "mailwright/bin/mailwright", 0o755},
	{"build/bin/mailwright-cli", "mailwright/bin/mailwright-cli", 0o755},
	{"build/linux/mailwright.desktop", "mailwright/share/applications/mailwright.desktop", 0o644},
	{"build/appicon.png", "mailwright/share/icons/hicolor/512x512/apps/mailwright.png", 0o644},
	{"LICENSE", "mailwright/LICENSE", 0o644},
	{"README.md", "mailwright/README.md", 0o644},
}

func packTar() (err error) {
	f, err := os.Create(filepath.Join(out, "mailwright-linux-amd64.tar.gz"))
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	for _, p := range packed {
		if err := addFile(w, p.from, p.to, p.mode); err != nil {
			return err
		}
	}
	for _, c := range []io.Closer{w, z, f} {
		if err := c.Close(); err != nil {
			return err
		}
	}
	return nil
}

func addFile(w *tar.Writer, from, to string, mode int64) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: to, Mode: mode, Size: int64(len(b))}); err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// packWindows builds the .exe with its icon and manifest.
func packWindows() error {
	winres, err := goTool("go-winres", winresModule, winresVer)
	if err != nil {
		return err
	}
	resource := "rsrc_windows_amd64.syso"
	defer func() { _ = os.Remove(resource) }()
	if err := cmd(winres, "make", "--in", "build/windows/winres.json", "--arch", "amd64").run(); err != nil {
		return err
	}
	env := []string{"GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0"}
	if err := cmd("go", "build", "-trimpath", "-tags", "desktop,production", "-ldflags", "-s -w -H windowsgui",
		"-o", filepath.Join(out, "Mailwright.exe"), ".").with(env...).run(); err != nil {
		return err
	}
	return cmd("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(out, "mailwright-cli.exe"), "./app/cli").with(env...).run()
}

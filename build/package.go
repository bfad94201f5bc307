package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	winresModule = "github.com/tc-hib/go-winres"
	winresVer    = "v0.3.3"
	out          = "build/out"
)

// shipped is a file that people install: where it lies in the checkout and
// where below /usr, or below the folder of the tar.gz, it goes.
type shipped struct {
	from, to string
	mode     os.FileMode
}

var forLinux = []shipped{
	{"build/bin/mailwright", "bin/mailwright", 0o755},
	{"build/bin/mailwright-cli", "bin/mailwright-cli", 0o755},
	{"build/linux/mailwright.desktop", "share/applications/mailwright.desktop", 0o644},
	{"build/linux/mailwright.xml", "share/mime/packages/mailwright.xml", 0o644},
	{"build/appicon.png", "share/icons/hicolor/512x512/apps/mailwright.png", 0o644},
	{"LICENSE", "share/doc/mailwright/copyright", 0o644},
	{"README.md", "share/doc/mailwright/README.md", 0o644},
}

// pack makes what people install: a .deb and a tar.gz for Linux, and the
// Windows program, built here without cgo.
func pack([]string) error {
	if err := setup(append([]need{{"dpkg-deb", []string{"dpkg"}, without("dpkg-deb")}}, toBuild...)); err != nil {
		return err
	}
	if err := buildWindow(); err != nil {
		return err
	}
	cli, err := buildCLI()
	if err != nil {
		return err
	}
	said, err := cmd(cli, "version").output()
	if err != nil {
		return err
	}
	version := strings.TrimSpace(strings.TrimPrefix(said, "Mailwright"))
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, step := range []func(version string) error{packDeb, packTar, packWindows} {
		if err := step(version); err != nil {
			return err
		}
	}
	say("packages are in %s", out)
	return nil
}

// packDeb lays the files out as they will lie and has Debian's own tool pack them.
func packDeb(version string) (err error) {
	root, err := os.MkdirTemp("", "mailwright-deb-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(root) }()
	if err := os.Chmod(root, 0o755); err != nil { // becomes the mode of /
		return err
	}
	for _, f := range forLinux {
		if err := place(f, filepath.Join(root, "usr")); err != nil {
			return err
		}
	}
	control, err := os.ReadFile("build/linux/control")
	if err != nil {
		return err
	}
	control = bytes.ReplaceAll(control, []byte("{{version}}"), []byte(version))
	control = bytes.ReplaceAll(control, []byte("{{architecture}}"), []byte(runtime.GOARCH)) // Debian's names are Go's
	if err := os.Mkdir(filepath.Join(root, "DEBIAN"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "DEBIAN", "control"), control, 0o644); err != nil {
		return err
	}
	return cmd("dpkg-deb", "--build", "--root-owner-group", root, out).run()
}

func place(f shipped, below string) error {
	b, err := os.ReadFile(f.from)
	if err != nil {
		return err
	}
	to := filepath.Join(below, f.to)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, b, f.mode)
}

func packTar(version string) error {
	folder := fmt.Sprintf("mailwright-%s", version)
	f, err := os.Create(filepath.Join(out, fmt.Sprintf("mailwright_%s_linux_%s.tar.gz", version, runtime.GOARCH)))
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	for _, s := range forLinux {
		if err := addFile(w, s, folder); err != nil {
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

func addFile(w *tar.Writer, s shipped, folder string) error {
	b, err := os.ReadFile(s.from)
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: folder + "/" + s.to, Mode: int64(s.mode), Size: int64(len(b))}); err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// packWindows builds the .exe with its icon and manifest.
func packWindows(string) error {
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

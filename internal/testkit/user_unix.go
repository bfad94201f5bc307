//go:build unix

package testkit

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is a user without rights.
const nobody = 65534

// AsOrdinaryUser gives the file and its folders up to the test's temporary one to a
// user without rights, and goes on as that user until the test ends: the
// superuser may write every file, whatever its mode. Tests that use it do not run
// beside others.
func AsOrdinaryUser(t testing.TB, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	folder := filepath.Dir(path)
	for _, p := range []string{path, folder, filepath.Dir(folder)} {
		if err := os.Chown(p, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Seteuid(nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Seteuid(0); err != nil {
			panic(err) // the other tests would run as nobody
		}
	})
}

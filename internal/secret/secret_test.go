package secret_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/secret"
)

func TestFileKeepsSecretsAndShowsNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "secrets")
	v := secret.OpenFile(dir)
	if err := v.Set("post", "correct horse"); err != nil {
		t.Fatal(err)
	}
	if err := v.Set("other", "x"); err != nil {
		t.Fatal(err)
	}
	got, err := secret.OpenFile(dir).Get("post")
	if err != nil || got != "correct horse" {
		t.Fatalf("got %q, %v", got, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "horse") {
			t.Errorf("%s shows the secret", f.Name())
		}
		info, err := f.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
	if err := v.Set("post", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get("post"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a removed secret: %v", err)
	}
}

func TestVariableStandsIn(t *testing.T) {
	t.Setenv("MAILWRIGHT_SECRET_MY_POST", "from outside")
	got, err := secret.OpenFile(t.TempDir()).Get("my-post")
	if err != nil || got != "from outside" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"", "a b", "../x", strings.Repeat("a", 70)} {
		if err := secret.CheckName(name); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Package secret keeps passwords and keys out of the workspace: in the system's
// keychain, or, where there is none, in an encrypted file beside the program's own
// settings. A variable MAILWRIGHT_SECRET_NAME stands in for the secret NAME.
//
// The file (age, X25519) is readable only with the key file beside it; both are
// the user's alone (0600). It protects a copy of the file, not an account that
// somebody has taken over.
package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"filippo.io/age"
	"github.com/zalando/go-keyring"

	"github.com/mailwright/mailwright/internal/fault"
)

// service is our name in the keychain.
const service = "mailwright"

// Vault keeps secrets by name.
type Vault struct {
	folder   string
	keychain bool
}

// Open gives the vault: the system's keychain when there is one that answers, else
// the file in folder.
func Open(folder string) *Vault { return &Vault{folder: folder, keychain: keychainAnswers()} }

// OpenFile gives the vault in a folder, whether there is a keychain or not.
func OpenFile(folder string) *Vault { return &Vault{folder: folder} }

func keychainAnswers() bool {
	if runtime.GOOS == "linux" && os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return false // asking would start a bus nobody else has
	}
	_, err := keyring.Get(service, "probe")
	return err == nil || errors.Is(err, keyring.ErrNotFound)
}

// Where says where secrets are kept: "keychain", or the path of the file.
func (v *Vault) Where() string {
	if v.keychain {
		return "keychain"
	}
	return v.path()
}

var names = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// CheckName returns fault.Invalid for what is no name of a secret.
func CheckName(name string) error {
	if !names.MatchString(name) {
		return fault.At(fault.Invalid, "name", "%q is no name of a secret: use letters, digits, -, _ and .", name)
	}
	return nil
}

// variable gives the environment variable that stands in for a secret.
func variable(name string) string {
	return "MAILWRIGHT_SECRET_" + strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(name))
}

// Get gives a secret, or fault.NotFound.
func (v *Vault) Get(name string) (string, error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	if s := os.Getenv(variable(name)); s != "" {
		return s, nil
	}
	if v.keychain {
		s, err := keyring.Get(service, name)
		if errors.Is(err, keyring.ErrNotFound) {
			return "", missing(name)
		}
		if err != nil {
			return "", fault.New(fault.Unavailable, "the keychain does not answer: %w", err)
		}
		return s, nil
	}
	all, err := v.read()
	if err != nil {
		return "", err
	}
	s, ok := all[name]
	if !ok {
		return "", missing(name)
	}
	return s, nil
}

func missing(name string) error {
	return fault.New(fault.NotFound, "there is no secret %q; give it in the sender's settings, with `secret set %s`, or in %s", name, name, variable(name))
}

// Set keeps a secret; an empty value removes it.
func (v *Vault) Set(name, value string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	if v.keychain {
		err := keyring.Set(service, name, value)
		if value == "" {
			if err = keyring.Delete(service, name); errors.Is(err, keyring.ErrNotFound) {
				err = nil
			}
		}
		if err != nil {
			return fault.New(fault.Unavailable, "the keychain does not take the secret: %w", err)
		}
		return nil
	}
	all, err := v.read()
	if err != nil {
		return err
	}
	all[name] = value
	if value == "" {
		delete(all, name)
	}
	return v.write(all)
}

func (v *Vault) path() string { return filepath.Join(v.folder, "secrets.age") }

// identity gives the key of the file, making it the first time.
func (v *Vault) identity() (*age.X25519Identity, error) {
	path := filepath.Join(v.folder, "secrets.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(v.folder, 0o700); err != nil {
			return nil, fault.New(fault.Unavailable, "the folder for secrets cannot be made: %w", err)
		}
		return id, os.WriteFile(path, []byte(id.String()+"\n"), 0o600)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "the key of the secrets cannot be read: %w", err)
	}
	return age.ParseX25519Identity(strings.TrimSpace(string(text)))
}

func (v *Vault) read() (map[string]string, error) {
	all := map[string]string{}
	sealed, err := os.ReadFile(v.path())
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "the secrets cannot be read: %w", err)
	}
	id, err := v.identity()
	if err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the secrets in %s do not fit their key; remove the file and set them again: %w", v.path(), err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the secrets in %s are damaged: %w", v.path(), err)
	}
	return all, json.Unmarshal(text, &all)
}

// write replaces the file as a whole.
func (v *Vault) write(all map[string]string) error {
	id, err := v.identity()
	if err != nil {
		return err
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, id.Recipient())
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	part := v.path() + ".part"
	if err := os.WriteFile(part, sealed.Bytes(), 0o600); err != nil {
		return fault.New(fault.Unavailable, "the secrets cannot be written: %w", err)
	}
	return os.Rename(part, v.path())
}

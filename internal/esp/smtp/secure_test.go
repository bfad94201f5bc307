package smtp_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // see below
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/esp/conformance"
	"github.com/mailwright/mailwright/internal/esp/smtp"
	"github.com/mailwright/mailwright/internal/testkit"
)

// trusted is the folder of a certificate that this process trusts.
var trusted string

// TestMain makes a certificate and has the process trust it, which must be said
// before the first connection.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "smtp")
	if err == nil {
		trusted = dir
		err = certify(dir)
	}
	if err == nil {
		err = os.Setenv("SSL_CERT_FILE", filepath.Join(dir, "cert.pem"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// certify writes a key and a certificate for this machine that vouches for itself.
func certify(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	cert, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600)
}

func TestEncryptionAndPasswords(t *testing.T) {
	dir, stranger := t.TempDir(), t.TempDir()
	if err := certify(stranger); err != nil {
		t.Fatal(err)
	}
	passwords := filepath.Join(dir, "passwords")
	of := func(password string) string {
		sum := sha1.Sum([]byte(password)) //nolint:gosec // the form that the test's server reads
		return "{SHA}" + base64.StdEncoding.EncodeToString(sum[:])
	}
	if err := os.WriteFile(passwords, []byte("shop:"+of("correct horse")+"\nother:"+of("wrong horse")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := func(folder string, more ...string) *testkit.Mailpit {
		return testkit.StartMailpit(t, append([]string{"--smtp-tls-cert", filepath.Join(folder, "cert.pem"), "--smtp-tls-key", filepath.Join(folder, "key.pem"),
			"--smtp-auth-file", passwords}, more...)...)
	}
	starttls, direct, unknown := server(trusted, "--smtp-require-starttls"), server(trusted, "--smtp-require-tls"), server(stranger, "--smtp-require-starttls")
	for _, c := range []struct {
		name   string
		server *testkit.Mailpit
		tls    string
		user   string
		want   esp.State
		says   string
	}{
		{"STARTTLS and a password", starttls, "starttls", "shop", esp.Accepted, "accepted"},
		{"TLS from the start and a password", direct, "tls", "shop", esp.Accepted, "accepted"},
		{"a password that is wrong", starttls, "starttls", "other", esp.Stop, "does not take the user or the password"},
		{"no password where one is asked", starttls, "starttls", "", esp.Stop, "530"},
		{"no encryption where it is asked", starttls, "none", "", esp.Stop, ""},
		{"a server that nobody vouches for", unknown, "starttls", "shop", esp.Stop, "the encryption with"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := len(c.server.Letters(t))
			r := conformance.Remote{Settings: fmt.Sprintf(`{"adapter":"smtp","host":"127.0.0.1","port":%d,"tls":%q,"username":%q,"secret":"post"}`, c.server.Port, c.tls, c.user)}
			a := conformance.Open(t, smtp.Kind(), r)
			defer func() { _ = a.Close() }()
			o := a.Deliver(context.Background(), conformance.Letter(1))
			if o.State != c.want || !strings.Contains(o.Answer, c.says) || strings.Contains(o.Answer, "horse") {
				t.Errorf("%d: %s", o.State, o.Answer)
			}
			if _, err := a.(esp.Tester).Test(context.Background()); (err == nil) != (o.State == esp.Accepted || c.user == "") {
				t.Errorf("the test says %v", err)
			}
			if arrived := len(c.server.Letters(t)) > before; arrived != (c.want == esp.Accepted) {
				t.Errorf("arrived: %v", arrived)
			}
		})
	}
}

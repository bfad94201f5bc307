// Package audit is the law of the history of a workspace: entries are only ever
// appended, each holds the hash of the one before, and personal values in them
// are sealed with a key per contact. Destroying that key erases the person from
// history while the chain, which covers the sealed text, still verifies.
package audit

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/mailwright/mailwright/internal/contact"
)

// Entry is one line of history.
type Entry struct {
	ID       int64
	At       time.Time
	Actor    string     // window, cli, demo
	Action   string     // contact.created, consent.withdrawn, import.started, …
	Contact  contact.ID // whose values are sealed; 0 for none
	Open     []byte     // JSON without personal values
	Sealed   []byte     // personal values, sealed; nil for none
	Previous []byte     // the hash of the entry before; empty for the first
}

// Hash gives the SHA-256 of the entry over all of its fields, each with its
// length before it, so that no two entries have the same text to hash.
func (e Entry) Hash() []byte {
	h := sha256.New()
	var n [8]byte
	number := func(v int64) {
		binary.BigEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	text := func(b []byte) {
		number(int64(len(b)))
		h.Write(b)
	}
	number(e.ID)
	number(e.At.UnixMilli())
	text([]byte(e.Actor))
	text([]byte(e.Action))
	number(int64(e.Contact))
	text(e.Open)
	text(e.Sealed)
	text(e.Previous)
	return h.Sum(nil)
}

// Key seals and opens one contact's values: XChaCha20-Poly1305 (RFC 8439 with a
// 24-byte nonce), bound to the contact's number.
type Key struct {
	aead    cipher.AEAD
	contact contact.ID
}

// KeySize is how many random bytes a key has.
const KeySize = chacha20poly1305.KeySize

// NewKey makes random bytes for a key.
func NewKey() []byte {
	b := make([]byte, KeySize)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

// OpenKey gives the key of a contact.
func OpenKey(bytes []byte, id contact.ID) (Key, error) {
	aead, err := chacha20poly1305.NewX(bytes)
	if err != nil {
		return Key{}, fmt.Errorf("audit key of contact %d: %w", id, err)
	}
	return Key{aead, id}, nil
}

// Seal gives the sealed form of personal values, its nonce first.
func (k Key) Seal(personal []byte) []byte {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(personal)+chacha20poly1305.Overhead)
	_, _ = rand.Read(nonce)
	return k.aead.Seal(nonce, nonce, personal, k.bound())
}

// Unseal gives the values back.
func (k Key) Unseal(sealed []byte) ([]byte, error) {
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, fmt.Errorf("the sealed values are cut short")
	}
	nonce, text := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	return k.aead.Open(nil, nonce, text, k.bound())
}

func (k Key) bound() []byte { return binary.BigEndian.AppendUint64(nil, uint64(k.contact)) }

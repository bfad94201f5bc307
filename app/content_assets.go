package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	_ "image/gif"  // the formats that e-mails carry
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Asset is a picture kept in the workspace; blocks name it as asset:NAME.
type Asset struct {
	Name string `json:"name"`
	URL  string `json:"url"` // where the page finds it
}

// maxAsset is the largest picture, in bytes: larger ones make e-mails that mail
// programs cut or refuse.
const maxAsset = 5 << 20

// Assets gives the pictures of the workspace, by name.
func (s *Content) Assets(ctx context.Context) ([]Asset, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []Asset{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		names, err := tx.AssetNames()
		for _, n := range names {
			list = append(list, assetNamed(n))
		}
		return err
	})
	return list, err
}

func assetNamed(name string) Asset { return Asset{Name: name, URL: "/asset/" + name} }

// AddAsset keeps a PNG, JPEG or GIF file in the workspace. The same picture
// again gives the one that is there; another one under the same file name gets
// a name of its own.
func (s *Content) AddAsset(ctx context.Context, path string) (Asset, error) {
	w, err := s.app.current()
	if err != nil {
		return Asset{}, err
	}
	a, err := readPicture(path)
	if err != nil {
		return Asset{}, err
	}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		there, err := tx.Asset(a.Name)
		switch {
		case fault.Is(err, fault.NotFound):
			return tx.PutAsset(a)
		case err != nil:
			return err
		case bytes.Equal(there.Bytes, a.Bytes):
			return nil
		}
		sum := sha256.Sum256(a.Bytes)
		extension := filepath.Ext(a.Name)
		a.Name = strings.TrimSuffix(a.Name, extension) + "-" + hex.EncodeToString(sum[:4]) + extension
		return tx.PutAsset(a)
	})
	return assetNamed(a.Name), err
}

func readPicture(path string) (catalog.Asset, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return catalog.Asset{}, fault.New(fault.NotFound, "there is no file %s", path)
	case err != nil:
		return catalog.Asset{}, fault.New(fault.Unavailable, "%s cannot be read: %w", path, err)
	case info.Size() > maxAsset:
		return catalog.Asset{}, fault.At(fault.Invalid, "path", "the picture has %d KB; 5 MB is the most, and under 200 KB is kind to phones", info.Size()>>10)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return catalog.Asset{}, fault.New(fault.Unavailable, "%s cannot be read: %w", path, err)
	}
	_, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return catalog.Asset{}, fault.At(fault.Invalid, "path", "%s is no PNG, JPEG or GIF picture, which are what mail programs show", filepath.Base(path))
	}
	name := segment.Slug(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	if name == "" {
		name = "picture"
	}
	extension := format
	if format == "jpeg" {
		extension = "jpg"
	}
	return catalog.Asset{Name: name + "." + extension, MediaType: "image/" + format, Bytes: data}, nil
}

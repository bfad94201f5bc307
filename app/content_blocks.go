package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// BlockSummary is a line of the list of reusable blocks.
type BlockSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Kinds     []string `json:"kinds"`
	Version   int      `json:"version"`
	UpdatedAt int64    `json:"updated_at"`
	UsedBy    []string `json:"used_by"`
}

// BlockDocument is one version of a reusable block: one block or several that
// always stand together.
type BlockDocument struct {
	Slug      string          `json:"slug"`
	Name      string          `json:"name"`
	Version   int             `json:"version"`
	Blocks    []content.Block `json:"blocks"`
	UpdatedAt int64           `json:"updated_at"`
	Author    string          `json:"author"`
	Note      string          `json:"note"`
}

// PutBlock is a reusable block to save; see PutTemplate.
type PutBlock struct {
	Slug        string          `json:"slug"`
	Name        string          `json:"name"`
	Blocks      []content.Block `json:"blocks"`
	Note        string          `json:"note"`
	BaseVersion int             `json:"base_version"`
	Anyway      bool            `json:"anyway"`
}

// Blocks gives every reusable block, by name.
func (s *Content) Blocks(ctx context.Context) ([]BlockSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []BlockSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.BlockKind)
		for _, d := range all {
			one := BlockSummary{Slug: d.Slug, Name: d.Name, Kinds: []string{}, Version: d.Version, UpdatedAt: d.UpdatedAt, UsedBy: users.of(store.BlockKind, d.Slug)}
			blocks, _ := content.ParseBlocksDraft([]byte(d.Body))
			for _, b := range blocks {
				one.Kinds = append(one.Kinds, string(b.Kind))
			}
			list = append(list, one)
		}
		return err
	})
	return list, err
}

// Block gives a version of a reusable block, the newest for 0.
func (s *Content) Block(ctx context.Context, slug string, version int) (BlockDocument, error) {
	v, err := s.version(ctx, store.BlockKind, slug, version)
	if err != nil {
		return BlockDocument{}, err
	}
	blocks, err := content.ParseBlocks([]byte(v.Body))
	return BlockDocument{Slug: slug, Name: v.Name, Version: v.Version, Blocks: blocks, UpdatedAt: v.At, Author: v.Author, Note: v.Note}, err
}

// PutBlock saves a reusable block as a new version; see PutTemplate.
func (s *Content) PutBlock(ctx context.Context, p PutBlock) (BlockDocument, error) {
	if p.Slug == "" {
		p.Slug = segment.Slug(p.Name)
	}
	if strings.TrimSpace(p.Name) == "" {
		p.Name = p.Slug
	}
	body, err := content.BlocksJSON(p.Blocks)
	if err != nil {
		return BlockDocument{}, err
	}
	// Each block was read on its own: together their ids must still be unique.
	if p.Blocks, err = content.ParseBlocks(body); err != nil {
		return BlockDocument{}, err
	}
	if body, err = content.BlocksJSON(p.Blocks); err != nil {
		return BlockDocument{}, err
	}
	if !p.Anyway {
		if err := s.mustComeOut(ctx, store.BlockKind, p.Slug, content.Template{Name: p.Name, Blocks: p.Blocks}); err != nil {
			return BlockDocument{}, err
		}
	}
	saved, err := s.put(ctx, store.Definition{Kind: store.BlockKind, Slug: p.Slug, Name: p.Name, Body: string(body)}, p.BaseVersion, p.Note)
	return BlockDocument{Slug: p.Slug, Name: p.Name, Version: saved.Version, Blocks: p.Blocks, UpdatedAt: saved.UpdatedAt, Author: s.app.options.Actor, Note: p.Note}, err
}

// RemoveBlock takes a reusable block away; one that is used is fault.Conflict,
// naming where.
func (s *Content) RemoveBlock(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.BlockKind, slug)
}

// BlockVersions gives every saved version of a reusable block, newest first.
func (s *Content) BlockVersions(ctx context.Context, slug string) ([]VersionInfo, error) {
	return s.versions(ctx, store.BlockKind, slug)
}

// BlockDiff lists what differs between two versions of a reusable block.
func (s *Content) BlockDiff(ctx context.Context, slug string, from, to int) ([]content.Change, error) {
	before, err := s.Block(ctx, slug, from)
	if err != nil {
		return nil, err
	}
	after, err := s.Block(ctx, slug, to)
	if err != nil {
		return nil, err
	}
	return content.Diff(content.Template{Name: before.Name, Blocks: before.Blocks}, content.Template{Name: after.Name, Blocks: after.Blocks}), nil
}

// RestoreBlock saves an older version again, as the newest.
func (s *Content) RestoreBlock(ctx context.Context, slug string, version int) (BlockDocument, error) {
	old, err := s.Block(ctx, slug, version)
	if err != nil {
		return BlockDocument{}, err
	}
	return s.PutBlock(ctx, PutBlock{Slug: slug, Name: old.Name, Blocks: old.Blocks, Note: restored(old.Version), BaseVersion: store.AnyVersion, Anyway: true})
}

func restored(version int) string { return fmt.Sprintf("Version %d restored", version) }

// BlockKind describes a kind of block as data, for menus and forms.
type BlockKind struct {
	Kind   string       `json:"kind"`
	Label  string       `json:"label"`
	Fields []BlockField `json:"fields"`
}

// BlockField describes one field of a kind of block.
type BlockField struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Type     string   `json:"type"` // liquid, rich, html, url, image, products, number, boolean, choice, slug, rule, variants, columns
	Options  []string `json:"options"`
	Default  string   `json:"default"`
	Min      int      `json:"min"`
	Max      int      `json:"max"`
	Required bool     `json:"required"`
	Help     string   `json:"help"`
}

// BlockKinds gives every kind of block with its fields.
func (s *Content) BlockKinds(context.Context) ([]BlockKind, error) {
	list := []BlockKind{}
	for _, k := range content.Kinds() {
		kind := BlockKind{Kind: string(k.Kind), Label: k.Label, Fields: []BlockField{}}
		for _, f := range k.Fields {
			kind.Fields = append(kind.Fields, BlockField{
				Name: f.Name, Label: f.Label, Type: string(f.Type), Options: append([]string{}, f.Options...),
				Default: f.Default, Min: f.Min, Max: f.Max, Required: f.Required, Help: f.Help,
			})
		}
		list = append(list, kind)
	}
	return list, nil
}

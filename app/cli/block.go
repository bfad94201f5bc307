package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
)

type blockCommands struct {
	Put      blockPut      `cmd:"" help:"Save a reusable block from a file."`
	List     blockList     `cmd:"" help:"List the reusable blocks."`
	Show     blockShow     `cmd:"" help:"Show a reusable block."`
	Rm       blockRemove   `cmd:"" help:"Remove a reusable block."`
	Versions blockVersions `cmd:"" help:"List the versions of a reusable block."`

	TestPeople blockTestPeople `cmd:"" help:"List or set the people for whom a block must always come out."`
}

type blockPut struct {
	Slug string `arg:"" help:"How templates name it."`
	File string `arg:"" help:"A block or a list of blocks as JSON; - is stdin."`
	Name string `help:"For people; the slug when left out."`
	Note string `help:"Why it is saved."`

	Anyway bool `help:"Save it though a test person would get no e-mail."`
}

// Run saves a block as a new version.
func (c blockPut) Run(rt *runtime) error {
	body, err := rt.input(c.File)
	if err != nil {
		return err
	}
	blocks, err := content.ParseBlocks(body)
	if err != nil {
		return err
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	old, err := existing(a.Content().Block(rt.ctx, c.Slug, 0))
	if err != nil {
		return err
	}
	saved, err := a.Content().PutBlock(rt.ctx, app.PutBlock{Slug: c.Slug, Name: keep(c.Name, old.Name), Blocks: blocks, Note: c.Note, BaseVersion: old.Version, Anyway: c.Anyway})
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the block %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type blockList struct{}

// Run lists the blocks.
func (blockList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.BlockSummary, error) { return a.Content().Blocks(rt.ctx) }, []string{"SLUG", "NAME", "KINDS", "VERSION", "USED BY"}, func(b app.BlockSummary) []string {
		return []string{b.Slug, b.Name, strings.Join(b.Kinds, ", "), strconv.Itoa(b.Version), strings.Join(b.UsedBy, ", ")}
	})
}

type blockShow struct {
	Slug    string `arg:"" help:"The block."`
	Version int    `help:"A version; the newest when left out."`
}

// Run shows a version of a block.
func (c blockShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	b, err := a.Content().Block(rt.ctx, c.Slug, c.Version)
	if err != nil {
		return err
	}
	body, err := content.BlocksJSON(b.Blocks)
	if err != nil {
		return err
	}
	return rt.print(b, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%s\n", body) })
}

type blockRemove struct {
	Slug string `arg:"" help:"The block."`
}

// Run removes a block.
func (c blockRemove) Run(rt *runtime) error {
	return removed(rt, "block", c.Slug, func(a *app.App) error { return a.Content().RemoveBlock(rt.ctx, c.Slug) })
}

type blockVersions struct {
	Slug string `arg:"" help:"The block."`
}

// Run lists versions, newest first.
func (c blockVersions) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	all, err := a.Content().BlockVersions(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return listVersions(rt, all)
}

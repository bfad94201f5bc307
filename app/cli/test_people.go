package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/store"
)

// testPeopleArgs are what both kinds of content take.
type testPeopleArgs struct {
	Slug string   `arg:"" help:"The template or block."`
	Set  []string `help:"Addresses, parted by commas: they are the test people from now on." placeholder:"EMAIL"`
	None bool     `help:"Have no test people any more."`
}

type templateTestPeople struct{ testPeopleArgs }

// Run lists a template's test people with how it comes out for each.
func (c templateTestPeople) Run(rt *runtime) error {
	return c.run(rt, store.TemplateKind, func(a *app.App) (json.RawMessage, error) {
		d, err := a.Content().Template(rt.ctx, c.Slug, 0)
		if err != nil {
			return nil, err
		}
		return d.Template.JSON()
	})
}

type blockTestPeople struct{ testPeopleArgs }

// Run lists a block's test people with how it comes out for each.
func (c blockTestPeople) Run(rt *runtime) error {
	return c.run(rt, store.BlockKind, func(a *app.App) (json.RawMessage, error) {
		d, err := a.Content().Block(rt.ctx, c.Slug, 0)
		if err != nil {
			return nil, err
		}
		return content.Template{Name: d.Name, Blocks: d.Blocks}.JSON()
	})
}

func (c testPeopleArgs) run(rt *runtime, kind string, saved func(*app.App) (json.RawMessage, error)) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	draft, err := saved(a)
	if err != nil {
		return err
	}
	if len(c.Set) > 0 || c.None {
		ids := make([]int64, 0, len(c.Set))
		for _, email := range c.Set {
			id, err := a.ContactID(rt.ctx, email)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if err := a.Content().SetTestPeople(rt.ctx, kind, c.Slug, ids); err != nil {
			return err
		}
	}
	people, err := a.Content().TestPeople(rt.ctx, kind, c.Slug, draft)
	if err != nil {
		return err
	}
	if len(people) == 0 && !rt.json {
		_, err := fmt.Fprintf(rt.stderr, "The %s %s has no test people.\n", kind, c.Slug)
		return err
	}
	return list(rt, people, []string{"WHO", "COMES OUT", "WITHOUT A VALUE"}, func(p app.TestPerson) []string {
		fate := "yes"
		if p.Problem != nil {
			fate = p.Problem.Message
		}
		return []string{p.Contact.Email, fate, strings.Join(p.Missing, ", ")}
	})
}

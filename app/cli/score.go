package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/contact"
)

type scoreCommands struct {
	Show       scoreShow       `cmd:"" help:"Show how RFM and engagement scores are made."`
	Set        scoreSet        `cmd:"" help:"Say how scores are made, from a file."`
	RFM        scoreRFM        `cmd:"" name:"rfm" help:"Show the regions of recency and frequency with people and revenue."`
	Engagement scoreEngagement `cmd:"" help:"Show how the engagement scores lie."`
	Person     scorePerson     `cmd:"" help:"Show a person's scores and how they came about."`
}

type scoreShow struct{}

// Run shows the model as the file that set takes.
func (scoreShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	m, err := a.Scoring().Model(rt.ctx)
	if err != nil {
		return err
	}
	return rt.print(m.Model, func(w io.Writer) {
		text, _ := json.MarshalIndent(m.Model, "", "  ") // plain texts and numbers
		_, _ = fmt.Fprintf(w, "%s\n", text)
	})
}

type scoreSet struct {
	File string `arg:"" help:"The scores as JSON, in the form of show; what is left out stays; - is stdin."`
}

// Run saves the model of a file on top of what there is.
func (c scoreSet) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	now, err := a.Scoring().Model(rt.ctx)
	if err != nil {
		return err
	}
	model, err := contact.ReadScores(body, now.Model)
	if err != nil {
		return err
	}
	saved, err := a.Scoring().Save(rt.ctx, model, now.Model.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved, version %d. Conditions use it from now on.\n", saved.Version)
	})
}

type scoreRFM struct{}

// Run draws the regions.
func (scoreRFM) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	m, err := a.Scoring().Model(rt.ctx)
	if err != nil {
		return err
	}
	r, err := a.Scoring().RFM(rt.ctx, m.Model.RFM)
	if err != nil {
		return err
	}
	if rt.json {
		return rt.line(r)
	}
	_, _ = fmt.Fprintf(rt.stdout, "%d of %d people did %s from %s to %s; revenue %s %s\n", r.People, r.Total, m.Model.RFM.Event, r.From, r.To, r.Revenue, r.Currency)
	return list(rt, r.Regions, []string{"REGION", "PEOPLE", "REVENUE", "WHO"}, func(g app.RFMRegion) []string {
		return []string{g.Name, strconv.Itoa(g.People), g.Revenue, g.Meaning}
	})
}

type scoreEngagement struct{}

// Run shows how engagement scores lie.
func (scoreEngagement) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	m, err := a.Scoring().Model(rt.ctx)
	if err != nil {
		return err
	}
	e, err := a.Scoring().Engagement(rt.ctx, m.Model.Engagement)
	if err != nil {
		return err
	}
	return rt.print(e, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d of %d people have 0; the median of the others is %g\n", e.Zero, e.Total, e.Median)
		for i, n := range e.Bins {
			_, _ = fmt.Fprintf(w, "%3d–%-3d  %d\n", i*5, i*5+5, n)
		}
	})
}

type scorePerson struct {
	Contact string `required:"" placeholder:"EMAIL" help:"Who."`
}

// Run shows a person's scores.
func (c scorePerson) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	all, err := a.Scoring().Person(rt.ctx, id)
	if err != nil {
		return err
	}
	return list(rt, all, []string{"SCORE", "VALUE", "WHY"}, func(s audience.PersonScore) []string {
		return []string{s.Name, s.Value.String(), s.Why}
	})
}

package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

type recommendCommands struct {
	Show     recommendFor      `cmd:"" default:"withargs" name:"for" help:"List products for a person, each with its reason."`
	All      recommendAll      `cmd:"" help:"List products for everybody, as CSV."`
	Evaluate recommendEvaluate `cmd:"" help:"Leave out everybody's last order and look how much of it would have been recommended."`
	Put      recommendPut      `cmd:"" help:"Save a way of choosing products from a file."`
	List     recommendList     `cmd:"" help:"List the saved ways."`
	Cat      recommendShow     `cmd:"" name:"show" help:"Show a saved way."`
	Rm       recommendRemove   `cmd:"" help:"Remove a saved way."`
}

// choosing are the flags that say how products are chosen.
type choosing struct {
	Limit  int    `default:"10" help:"How many at most."`
	Source string `placeholder:"SOURCE" help:"As a products block has it: a strategy, category:NAME, skus:A,B or recommendation:SLUG."`
	New    bool   `help:"Leave out what the person bought before."`
}

func (c choosing) query() app.PickQuery {
	return app.PickQuery{Source: c.Source, New: c.New, Limit: c.Limit}
}

type recommendFor struct {
	choosing
	Contact string `placeholder:"EMAIL" help:"For whom."`
}

// Run lists products for a person, each with its reason.
func (c recommendFor) Run(rt *runtime) error {
	if c.Contact == "" {
		return fault.At(fault.Invalid, "--contact", "say for whom: --contact EMAIL")
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	picks, err := a.Recommendations().For(rt.ctx, id, c.query())
	if err != nil {
		return err
	}
	return list(rt, picks, []string{"SKU", "PRODUCT", "WHY"}, func(p app.PickedProduct) []string { return []string{p.SKU, p.Title, p.Reason} })
}

type recommendAll struct{ choosing }

// Run lists products for everybody: a line for each person and product.
func (c recommendAll) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	type line struct {
		Email    string              `json:"email"`
		Products []app.PickedProduct `json:"products"`
	}
	w := csv.NewWriter(rt.stdout)
	if !rt.json {
		if err := w.Write([]string{"email", "rank", "sku", "title", "reason"}); err != nil {
			return err
		}
	}
	err = a.EachRecommended(rt.ctx, c.query(), func(email string, picks []app.PickedProduct) error {
		if rt.json {
			return rt.line(line{email, picks})
		}
		for i, p := range picks {
			if err := w.Write([]string{email, strconv.Itoa(i + 1), p.SKU, p.Title, p.Reason}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

type recommendEvaluate struct{}

// Run measures how well recommendations tell what people buy next.
func (recommendEvaluate) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	started, err := a.Recommendations().Evaluate(rt.ctx)
	if err != nil {
		return err
	}
	var e app.Evaluation
	if err := rt.wait(a, started, &e); err != nil {
		return err
	}
	return rt.print(e, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d people, %d products recommended to each, in %.1f s.\n", e.People, e.Top, e.MS/1000)
		if e.People == 0 {
			_, _ = fmt.Fprintln(w, "Nobody has two orders yet, so that there is nothing to measure.")
			return
		}
		t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
		_, _ = fmt.Fprintln(t, "METHOD\tHIT RATE\tRECALL\tNEW: HIT RATE\tNEW: RECALL")
		for _, s := range e.Scores {
			_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", s.Method, percent(s.HitRate), percent(s.Recall), percent(s.NewHits), percent(s.NewRecall))
		}
		_ = t.Flush() // as much as could be written
	})
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + " %" }

type recommendPut struct {
	Slug string `arg:"" help:"How products blocks name it: recommendation:SLUG."`
	File string `arg:"" help:"The recommendation as JSON; - is stdin."`
	Name string `help:"For people; the file's, or the slug, when left out."`
}

// Run saves a recommendation as a new version.
func (c recommendPut) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	old, err := existing(a.Recommendations().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	saved, err := a.Recommendations().Put(rt.ctx, app.Recommendation{Slug: c.Slug, Name: c.Name, Body: body}, old.Version)
	if e, ok := fault.As(err); ok && e.Field == "name" {
		saved, err = a.Recommendations().Put(rt.ctx, app.Recommendation{Slug: c.Slug, Name: keep(old.Name, c.Slug), Body: body}, old.Version)
	}
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the recommendation %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type recommendList struct{}

// Run lists the saved recommendations.
func (recommendList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.RecommendationSummary, error) { return a.Recommendations().List(rt.ctx) }, []string{"SLUG", "NAME", "STEPS"}, func(r app.RecommendationSummary) []string {
		return []string{r.Slug, r.Name, fmt.Sprint(r.Steps)}
	})
}

type recommendShow struct {
	Slug string `arg:"" help:"The recommendation."`
}

// Run shows a recommendation.
func (c recommendShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	r, err := a.Recommendations().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return rt.print(r, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s (%s, version %d)\n%s\n", r.Name, r.Slug, r.Version, r.Body)
	})
}

type recommendRemove struct {
	Slug string `arg:"" help:"The recommendation."`
}

// Run removes a recommendation.
func (c recommendRemove) Run(rt *runtime) error {
	return removed(rt, "recommendation", c.Slug, func(a *app.App) error { return a.Recommendations().Remove(rt.ctx, c.Slug) })
}

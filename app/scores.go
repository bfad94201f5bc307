package app

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// Scoring keeps how RFM and engagement scores are made, and draws them.
type Scoring struct{ app *App }

// Scoring gives the service.
func (a *App) Scoring() *Scoring { return &Scoring{app: a} }

// ScoreModel is how scores are made, and what they can be made of.
type ScoreModel struct {
	Model    contact.Scores    `json:"model"`
	Usual    contact.Scores    `json:"usual"` // what a workspace starts with
	Events   []VocabularyEvent `json:"events"`
	Currency string            `json:"currency"`
}

// Model gives how scores are made now.
func (s *Scoring) Model(ctx context.Context) (ScoreModel, error) {
	m := ScoreModel{Usual: contact.DefaultScores()}
	err := s.app.withView(ctx, func(v *audience.View) error {
		counts, err := v.EventCounts(ctx)
		if err != nil {
			return err
		}
		words := vocabulary(v.Schema(), nil, counts)
		m.Model, m.Events, m.Currency = v.Schema().Scores, words.Events, words.Currency
		return nil
	})
	return m, err
}

// Save keeps how scores are made, as the version after base; another newest
// version is fault.Conflict. Conditions use it from then on.
func (s *Scoring) Save(ctx context.Context, model contact.Scores, base int) (contact.Scores, error) {
	w, err := s.app.current()
	if err != nil {
		return contact.Scores{}, err
	}
	err = w.Store.Write(ctx, store.Full, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		if err := model.Check(schema); err != nil {
			return err
		}
		model, err = tx.PutScores(model, base, s.app.options.Actor)
		return err
	})
	return model, err
}

// RFMMap is the map of recency and frequency.
type RFMMap struct {
	From     string      `json:"from"` // the period's first day and last day
	To       string      `json:"to"`
	People   int         `json:"people"` // who has scores
	Total    int         `json:"total"`  // all contacts
	Revenue  string      `json:"revenue"`
	Currency string      `json:"currency"` // "" where what is added up is no money
	Cells    []RFMCell   `json:"cells"`    // 25, by frequency and then recency from 1
	Regions  []RFMRegion `json:"regions"`  // the best first
	Recency  []RFMStep   `json:"recency"`  // by score from 1; days since the last
	Times    []RFMStep   `json:"times"`
	Money    []RFMStep   `json:"money"`
	MS       float64     `json:"ms"`
}

// RFMCell is the people of one pair of scores and what they spent in the period.
type RFMCell struct {
	Recency   int    `json:"recency"`
	Frequency int    `json:"frequency"`
	Region    string `json:"region"`
	People    int    `json:"people"`
	Revenue   string `json:"revenue"`
}

// RFMRegion is a named part of the map.
type RFMRegion struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	People  int    `json:"people"`
	Revenue string `json:"revenue"`
}

// RFMStep is the values that have one score.
type RFMStep struct {
	Score  int    `json:"score"`
	From   string `json:"from"`
	To     string `json:"to"`
	People int    `json:"people"` // 0: nobody has this score
}

// RFM draws the map by a model that may be a draft.
func (s *Scoring) RFM(ctx context.Context, model contact.RFM) (RFMMap, error) {
	start := time.Now()
	var m RFMMap
	err := s.app.withView(ctx, func(v *audience.View) error {
		draft := v.Schema().Scores
		draft.RFM = model
		if err := draft.Check(v.Schema()); err != nil {
			return err
		}
		r, err := v.RFM(ctx, model)
		if err == nil {
			m = mapOf(r)
			m.Currency = currencyOf(v.Schema(), model)
		}
		return err
	})
	m.MS = float64(time.Since(start).Microseconds()) / 1000
	return m, err
}

// currencyOf gives the currency where a model adds up money.
func currencyOf(schema contact.Schema, model contact.RFM) string {
	event := schema.Events[model.Event]
	t := event.ValueType
	if p, ok := event.Property(model.Property); ok {
		t = p.Type
	}
	if t == contact.Money {
		return schema.Currency.Code
	}
	return ""
}

func mapOf(r audience.RFM) RFMMap {
	m := RFMMap{From: r.From.String(), To: r.To.String(), People: r.People, Total: r.Total, Revenue: r.Revenue.String(),
		Cells: []RFMCell{}, Regions: []RFMRegion{}, Recency: stepsOf(r.Recency), Times: stepsOf(r.Times), Money: stepsOf(r.Money)}
	regions := make([]audience.RFMCell, len(contact.Regions))
	for f, row := range r.Cells {
		for k, c := range row {
			g := &regions[c.Region]
			g.People += c.People
			g.Revenue, _ = g.Revenue.Add(c.Revenue) // is part of the whole, which fits
			m.Cells = append(m.Cells, RFMCell{k + 1, f + 1, contact.Regions[c.Region].Name, c.People, c.Revenue.String()})
		}
	}
	for i, g := range contact.Regions {
		m.Regions = append(m.Regions, RFMRegion{g.Name, g.Meaning, regions[i].People, regions[i].Revenue.String()})
	}
	return m
}

func stepsOf(list [5]audience.RFMStep) []RFMStep {
	out := make([]RFMStep, len(list))
	for i, s := range list {
		out[i] = RFMStep{i + 1, s.From.String(), s.To.String(), s.People}
	}
	return out
}

// EngagementMap is how the engagement scores of everybody lie.
type EngagementMap struct {
	Total   int                `json:"total"`
	Zero    int                `json:"zero"` // who did nothing that counts; they are in the first bar too
	Bins    []int              `json:"bins"` // people from 0 up to 5, from 5 up to 10, …, from 95 to 100
	Median  float64            `json:"median"`
	Samples []EngagementSample `json:"samples"` // the highest score first
	MS      float64            `json:"ms"`
}

// EngagementSample is a person and how the score came about.
type EngagementSample struct {
	ID    int64           `json:"id"`
	Email string          `json:"email"`
	Name  string          `json:"name"`
	Score float64         `json:"score"`
	Sum   float64         `json:"sum"`
	Deeds []audience.Deed `json:"deeds"`
}

// sampledScores is how many people show what a model means.
const sampledScores = 8

// Engagement draws the scores by a model that may be a draft.
func (s *Scoring) Engagement(ctx context.Context, model contact.Engagement) (EngagementMap, error) {
	start := time.Now()
	var m EngagementMap
	err := s.app.withView(ctx, func(v *audience.View) error {
		draft := v.Schema().Scores
		draft.Engagement = model
		if err := draft.Check(v.Schema()); err != nil {
			return err
		}
		p, err := v.Engagement(ctx, model, sampledScores)
		if err != nil {
			return err
		}
		m = EngagementMap{Total: p.Total, Zero: p.Zero, Bins: p.Bins[:], Median: p.Median, Samples: []EngagementSample{}}
		ids := make([]contact.ID, len(p.Samples))
		for i, x := range p.Samples {
			ids[i] = x.ID
		}
		who, err := contactHits(ctx, v, ids)
		for i, x := range p.Samples[:len(who)] {
			m.Samples = append(m.Samples, EngagementSample{int64(x.ID), who[i].Email, who[i].Name, x.Score, x.Sum, x.Deeds})
		}
		return err
	})
	m.MS = float64(time.Since(start).Microseconds()) / 1000
	return m, err
}

// Person gives every score of a person and how it came about, or fault.NotFound.
func (s *Scoring) Person(ctx context.Context, id int64) ([]audience.PersonScore, error) {
	list := []audience.PersonScore{}
	err := s.app.withView(ctx, func(v *audience.View) (err error) {
		list, err = v.PersonScores(ctx, contact.ID(id))
		return err
	})
	return list, err
}

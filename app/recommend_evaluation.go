package app

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/store"
)

// Evaluation tells how well recommendations tell what people buy next. Rates are
// from 0 to 1.
type Evaluation struct {
	At       int64             `json:"at"`       // when it was made; 0 for never
	People   int               `json:"people"`   // with two orders or more, whose last was left out
	New      int               `json:"new"`      // of them, those who bought something new to them
	Products int               `json:"products"` // bought by anybody
	Top      int               `json:"top"`      // products recommended to each
	MS       float64           `json:"ms"`
	Scores   []EvaluationScore `json:"scores"` // ours first
}

// EvaluationScore is how well one method did.
type EvaluationScore struct {
	Method    string  `json:"method"` // ours, popularity, cosine
	HitRate   float64 `json:"hit_rate"`
	Recall    float64 `json:"recall"`
	NewHits   float64 `json:"new_hit_rate"` // among products new to the person
	NewRecall float64 `json:"new_recall"`
}

// evaluationSetting keeps the last evaluation.
const evaluationSetting = "recommendation_evaluation"

// Evaluate leaves out everybody's last order and looks how much of it would have
// been recommended. Its job's result is an Evaluation, which is kept.
func (s *Recommendations) Evaluate(context.Context) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	asOf := s.app.options.Now()
	return s.app.start("evaluation", "Test recommendations", func(ctx context.Context, p job.Progress) (any, error) {
		began := time.Now()
		p.Say("Leaving out everybody's last order")
		e, err := w.Personalize.Evaluate(ctx, asOf, func(done, all int) { p.Set(int64(done), int64(all), "picks") })
		if err != nil {
			return nil, err
		}
		v := evaluationOf(e, time.Since(began))
		return v, w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.SetSetting(evaluationSetting, v) })
	}), nil
}

func evaluationOf(e recommend.Evaluation, took time.Duration) Evaluation {
	v := Evaluation{At: e.Until.UnixMilli(), People: e.People, New: e.New, Products: e.Products, Top: recommend.Top,
		MS: float64(took.Microseconds()) / 1000, Scores: []EvaluationScore{}}
	for _, x := range e.Scores {
		v.Scores = append(v.Scores, EvaluationScore(x))
	}
	return v
}

// LastEvaluation gives the evaluation that was made last; At is 0 before the first.
func (s *Recommendations) LastEvaluation(ctx context.Context) (Evaluation, error) {
	v := Evaluation{Scores: []EvaluationScore{}, Top: recommend.Top}
	w, err := s.app.current()
	if err != nil {
		return v, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error { return tx.Setting(evaluationSetting, &v) })
	return v, err
}

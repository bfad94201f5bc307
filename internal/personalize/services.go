package personalize

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/remote"
	"github.com/mailwright/mailwright/internal/service"
	"github.com/mailwright/mailwright/internal/store"
)

// Tokens gives the secret of a name, or fault.NotFound.
type Tokens func(name string) (token string, err error)

// asked is a content service that a template uses, for the length of a plan.
type asked struct {
	slug    string
	service service.Service
	body    []byte // as it is saved: another version asks anew
	asker   *remote.Asker
}

// services makes ready what a template asks of content services.
func (p *Personalizer) services(ctx context.Context, plan *Plan) error {
	if !plan.compiled.Uses(profile.NameServices) {
		return nil
	}
	var all []store.Definition
	err := p.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Definitions(store.ServiceKind)
		return err
	})
	if err != nil {
		return err
	}
	named := plan.compiled.Under(profile.NameServices)
	for _, d := range all {
		if len(named) > 0 && !slices.Contains(named, d.Slug) {
			continue
		}
		a, err := p.asker(d)
		if err != nil {
			return err
		}
		plan.services = append(plan.services, a)
		plan.attributes = append(plan.attributes, plan.told(a.service)...)
	}
	return nil
}

func (p *Personalizer) asker(d store.Definition) (*asked, error) {
	s, err := service.Parse([]byte(d.Body))
	if err != nil {
		return nil, err
	}
	s.Name = d.Name
	token := ""
	if s.Secret != "" {
		if token, err = p.tokens(s.Secret); err != nil {
			return nil, fault.At(fault.CodeOf(err), "secret", "the service %q cannot be asked: %w", d.Name, err)
		}
	}
	return &asked{slug: d.Slug, service: s, body: []byte(d.Body), asker: remote.New(s, token)}, nil
}

// ask gives everybody of a chunk what the services say of them: what was kept
// where it still holds, else what they answer now. A service that does not answer
// leaves its values missing, and the message says so in its trace.
func (p *Plan) ask(ctx context.Context, list []profile.Profile) error {
	for _, a := range p.services {
		if err := p.askOne(ctx, a, list); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) askOne(ctx context.Context, a *asked, list []profile.Profile) error {
	now := p.store.Now() // how old an answer is has nothing to do with the instant that is rendered
	kept, err := p.keptAnswers(ctx, a, list, now)
	if err != nil {
		return err
	}
	var questions []remote.Question
	hashes := make(map[contact.ID]int64, len(list))
	for i := range list {
		q := a.question(list[i])
		hashes[q.Contact] = a.hash(q)
		if k, ok := kept[q.Contact]; !ok || k.Question != hashes[q.Contact] {
			delete(kept, q.Contact)
			questions = append(questions, q)
		}
	}
	answers, trouble := a.asker.Ask(ctx, p.job.AsOf, questions)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	fresh := make([]store.ServiceAnswer, 0, len(questions))
	for _, q := range questions {
		if answer, ok := answers[q.Contact]; ok || trouble == nil {
			fresh = append(fresh, store.ServiceAnswer{Contact: q.Contact, Question: hashes[q.Contact], AskedAt: now.UnixMilli(), Answer: string(answer)})
		}
	}
	for i := range list {
		list[i].Answered(a.slug, outcome(kept, answers, list[i].ID, now, trouble))
	}
	return p.keep(ctx, a, fresh)
}

// outcome is what a person's trace and template learn of a service.
func outcome(kept map[contact.ID]store.ServiceAnswer, answers map[contact.ID]json.RawMessage, id contact.ID, now time.Time, trouble error) profile.Answer {
	if k, ok := kept[id]; ok {
		return profile.Answer{Value: json.RawMessage(k.Answer), AskedAt: k.AskedAt, State: profile.AnswerKept}
	}
	if answer, ok := answers[id]; ok {
		return profile.Answer{Value: answer, AskedAt: now.UnixMilli(), State: profile.AnswerFresh}
	}
	if trouble != nil {
		return profile.Answer{AskedAt: now.UnixMilli(), State: profile.AnswerFailed, Message: trouble.Error()}
	}
	return profile.Answer{AskedAt: now.UnixMilli(), State: profile.AnswerFresh}
}

func (p *Plan) keptAnswers(ctx context.Context, a *asked, list []profile.Profile, now time.Time) (kept map[contact.ID]store.ServiceAnswer, err error) {
	ids := make([]contact.ID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	err = p.store.Read(ctx, func(tx *store.Tx) error {
		kept, err = tx.ServiceAnswers(a.slug, ids, now.Add(-a.service.Kept()))
		return err
	})
	return kept, err
}

func (p *Plan) keep(ctx context.Context, a *asked, fresh []store.ServiceAnswer) error {
	if len(fresh) == 0 || a.service.KeepMinutes == 0 || p.store.ReadOnly() {
		return nil
	}
	return p.store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.PutServiceAnswers(a.slug, fresh) })
}

// question is what the service is told of a person: the fields it lists, no more.
func (a *asked) question(who profile.Profile) remote.Question {
	q := remote.Question{Contact: who.ID, Values: map[string]any{}}
	for _, name := range a.service.Fields {
		switch name {
		case "email":
			q.Values[name] = who.Email
		case "external_id":
			q.Values[name] = who.ExternalID
		default:
			if v := who.Attributes[name]; v.IsSet() {
				q.Values[name] = v
			}
		}
	}
	return q
}

// hash tells questions apart: the service as it is saved, and what it is told.
func (a *asked) hash(q remote.Question) int64 {
	h := fnv.New64a()
	_, _ = h.Write(a.body)
	told, _ := json.Marshal(q.Values) // values always marshal
	_, _ = h.Write(told)
	return int64(binary.BigEndian.Uint64(h.Sum(nil)))
}

// told gives the attributes that a service is told and that are not loaded yet;
// one that was deleted is not told.
func (p *Plan) told(s service.Service) (names []string) {
	for _, name := range s.Fields {
		if _, is := p.schema.Attributes[name]; is && name != "email" && !slices.Contains(p.attributes, name) {
			names = append(names, name)
		}
	}
	return names
}

// Try asks a service about one person, and gives what it was told and what it
// said (null for nothing). Nothing is kept.
func (p *Personalizer) Try(ctx context.Context, s service.Service, id contact.ID, asOf time.Time) (told, answer json.RawMessage, err error) {
	view, err := p.engine.At(ctx, asOf)
	if err != nil {
		return nil, nil, err
	}
	if view.Email(id) == "" {
		return nil, nil, fault.New(fault.NotFound, "there is no contact %d", id)
	}
	body, err := s.JSON()
	if err != nil {
		return nil, nil, err
	}
	a, err := p.asker(store.Definition{Name: s.Name, Body: string(body)})
	if err != nil {
		return nil, nil, err
	}
	plan := &Plan{store: p.store, view: view, schema: view.Schema()}
	plan.attributes = plan.told(s)
	if err := view.Load(ctx, plan.attributes...); err != nil {
		return nil, nil, err
	}
	who, err := plan.person(id)
	if err != nil {
		return nil, nil, err
	}
	q := a.question(who)
	if told, err = json.Marshal(q.Values); err != nil {
		return nil, nil, err
	}
	answers, err := a.asker.Ask(ctx, asOf, []remote.Question{q})
	if got, ok := answers[id]; ok {
		return told, got, err
	}
	return told, json.RawMessage("null"), err
}

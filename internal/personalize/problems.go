package personalize

import (
	"regexp"
	"strings"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/render"
)

// CutAt is the size in bytes of HTML above which Gmail shows only a part.
const CutAt = 102 << 10

// Problems adds what is noticed about the message to list: each problem once, in
// the order of the message. Check and planning both ask here, so that what was
// decided about a problem is about the same people in both.
func (r *Result) Problems(list []campaign.Problem) []campaign.Problem {
	from := len(list)
	add := func(kind campaign.ProblemKind, place, message string) {
		p := campaign.Problem{Kind: kind, Place: place, Message: message}
		for _, known := range list[from:] {
			if known == p {
				return
			}
		}
		list = append(list, p)
	}
	if r.Err != nil {
		place, message := cause(r.Err)
		add(campaign.NotMade, place, message)
	} else if strings.TrimSpace(r.Message.Subject) == "" {
		add(campaign.NoSubject, "subject", "the subject is empty")
	}
	if r.Message.Bytes > CutAt {
		add(campaign.Oversize, "", "the message is larger than 102 KB, and Gmail would cut it")
	}
	missing := func(m render.Missing) {
		kind := campaign.Missing
		if m.Covered {
			kind = campaign.StandIn
		}
		add(kind, m.Where, m.Name)
	}
	for _, m := range r.Trace.Missing {
		missing(m)
	}
	for i := range r.Trace.Blocks {
		b := &r.Trace.Blocks[i]
		if b.Fallback {
			add(campaign.Fallback, b.ID, normal(b.Reason))
			continue
		}
		for _, m := range b.Missing {
			missing(m)
		}
		for _, k := range b.Picks {
			if k.NoImage {
				add(campaign.NoPicture, b.ID, "a product without a picture")
				break
			}
		}
	}
	for _, b := range r.Message.Blocks {
		if strings.Contains(b.HTML, `src=""`) {
			add(campaign.NoPicture, b.ID, "a picture without an address")
		}
	}
	for _, address := range r.Trace.Refused {
		add(campaign.Refused, "", scheme(address))
	}
	return list
}

// cause gives the place and the message of an error, so that equal causes group.
func cause(err error) (place, message string) {
	if f, ok := fault.As(err); ok {
		return f.Field, normal(f.Message)
	}
	return "", normal(err.Error())
}

// ofAPerson matches what an error may say of a person: an address, a quoted value,
// a number of more than one digit. The name of a block is quoted too and stays.
var ofAPerson = regexp.MustCompile(`block "[^"]*"|[^\s"“”<>]+@[^\s"“”<>]+|["“][^"“”]*["”]|\d[\d.,]*\d`)

// normal takes out of a message what is a person's, so that equal causes are equal.
func normal(message string) string {
	if !strings.ContainsAny(message, "\"“@0123456789") {
		return message
	}
	return ofAPerson.ReplaceAllStringFunc(message, func(s string) string {
		switch {
		case strings.HasPrefix(s, "block"):
			return s
		case strings.HasPrefix(s, `"`), strings.HasPrefix(s, "“"):
			return "“…”"
		}
		return "…"
	})
}

// scheme gives how a refused address begins, without what may be a person's.
func scheme(address string) string {
	name, _, found := strings.Cut(strings.TrimSpace(address), ":")
	if !found || len(name) > 20 || strings.ContainsAny(name, "/?#") {
		return "no address that a mail may link to"
	}
	return strings.ToLower(name) + ":"
}

package store

import (
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// scoresSetting is the setting that holds contact.Scores.
const scoresSetting = "scores"

// PutScores keeps how scores are made, as the version after base, with an audit
// entry that tells both what was and what is. Another newest version is
// fault.Conflict. The scores must have been checked.
func (tx *Tx) PutScores(s contact.Scores, base int, actor string) (contact.Scores, error) {
	now := contact.DefaultScores()
	if err := tx.Setting(scoresSetting, &now); err != nil {
		return s, err
	}
	if now.Version != base {
		return s, fault.New(fault.Conflict, "the scores were changed meanwhile; look at them as they are now")
	}
	s.Version = base + 1
	chronicle, err := tx.Chronicle(actor)
	if err != nil {
		return s, err
	}
	if err := chronicle.Add("scores.changed", 0, map[string]contact.Scores{"before": now, "after": s}, nil); err != nil {
		return s, err
	}
	if err := tx.SetSetting(scoresSetting, s); err != nil {
		return s, err
	}
	return s, tx.LogChange(ChangedSchema, scoresSetting, "")
}

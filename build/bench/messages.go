package main

import (
	"encoding/json"
	"fmt"
	"time"
)

// messages renders and sends for everybody of the demo shop's campaign.
func (b *bench) messages() error {
	b.say("## Messages\n\nThe demo shop's seasonal letter (13 KB: a nested rule of five branches over segments, recommendations with pictures, the last order): rendered for everybody it may go to, whole process.\n")
	b.say("| what | messages | a second |\n|---|---|---|")
	out, err := b.cli("campaign", "proof", "seasonal-letter")
	if err != nil {
		return err
	}
	var p struct {
		Messages  int     `json:"messages"`
		PerSecond float64 `json:"per_second"`
	}
	if err := json.Unmarshal(out, &p); err != nil {
		return err
	}
	b.say("| rendered and checked | %d | %.0f |", p.Messages, p.PerSecond)
	began := time.Now()
	if _, err := b.cli("campaign", "plan", "seasonal-letter"); err != nil {
		return err
	}
	b.say("| planned: rendered, packed and kept in the outbox | %d | %.0f |", p.Messages, float64(p.Messages)/time.Since(began).Seconds())
	const sent = 5_000
	began = time.Now()
	if _, err := b.cli("campaign", "send", "seasonal-letter", "--limit", fmt.Sprint(sent)); err != nil {
		return err
	}
	b.say("| sent to a folder of .eml files, each with four pictures and flushed to disk | %d | %.0f |\n", sent, sent/time.Since(began).Seconds())
	return nil
}

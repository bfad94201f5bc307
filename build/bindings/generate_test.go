package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

type Shop struct{}

type Query struct {
	Search string          `json:"search"`
	Filter json.RawMessage `json:"filter"`
	Limit  int             `json:"limit,omitempty"`
}

type Page struct {
	Rows  []Row    `json:"rows"`
	Error *Problem `json:"error"`
	Query
	hidden int
}

type Row struct {
	Tags map[string][]string `json:"tags"`
}

type Problem struct {
	Code string `json:"code"`
}

func (*Shop) List(context.Context, Query, []string) (Page, error) { return Page{hidden: 1}, nil }
func (*Shop) OpenURL(context.Context, string) error               { return nil }

func TestGenerate(t *testing.T) {
	got, err := Generate([]any{&Shop{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  list: (a1: Query, a2: string[], signal?: AbortSignal): Promise<Page> => call('Shop.List', [a1, a2], signal),",
		"  openURL: (a1: string, signal?: AbortSignal): Promise<void> => call('Shop.OpenURL', [a1], signal),",
		"export interface Page {\n  rows: Row[];\n  error: Problem | null;\n  search: string;\n  filter: Json;\n  limit?: number;\n}",
		"  tags: Record<string, string[]>;",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing:\n%s\nin:\n%s", want, got)
		}
	}
	again, _ := Generate([]any{&Shop{}})
	if got != again {
		t.Error("two runs differ")
	}
}

type Bad struct{}

func (*Bad) Watch(context.Context, chan int) error { return nil }

func TestGenerateRefusesWhatJSONCannotCarry(t *testing.T) {
	if _, err := Generate([]any{&Bad{}}); err == nil {
		t.Error("a channel crossed to a page")
	}
}

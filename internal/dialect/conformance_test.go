package dialect

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// floor is the share of Shopify's cases that pass, in percent, below which the
// test fails. It is raised when the dialect gets better and never lowered.
const floor = 99.6

// suites is where the cases are looked for. They are not part of this repository.
const suites = "../../../shared/data/liquid-basics"

// specCase is one case of Shopify's liquid-spec.
type specCase struct {
	Name        string            `yaml:"name"`
	Template    string            `yaml:"template"`
	Environment yaml.Node         `yaml:"environment"`
	Filesystem  map[string]string `yaml:"filesystem"`
	Expected    *string           `yaml:"expected"`
	Pattern     string            `yaml:"expected_pattern"`
	Features    []string          `yaml:"features"`
	Mode        yaml.Node         `yaml:"error_mode"`
	InPlace     bool              `yaml:"render_errors"`
	Errors      struct {
		Parse  []string `yaml:"parse_error"`
		Render []string `yaml:"render_error"`
		Output []string `yaml:"output"`
	} `yaml:"errors"`
}

type specFile struct {
	Metadata struct {
		Features []string `yaml:"features"`
	} `yaml:"_metadata"`
	Specs []specCase `yaml:"specs"`
}

func TestConformance(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(suites, "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Shopify's cases are not at ", suites)
	}
	passed, run, left := 0, 0, 0
	for _, path := range files {
		f := readSpecs(t, path)
		good, all := 0, 0
		for _, c := range f.Specs {
			if c.foreign(f.Metadata.Features) {
				left++
				continue
			}
			all++
			if problem := c.run(); problem != "" {
				t.Logf("%s %s: %s", filepath.Base(path), c.Name, problem)
				continue
			}
			good++
		}
		if all > 0 {
			t.Logf("%-24s %3d of %3d", filepath.Base(path), good, all)
		}
		passed, run = passed+good, run+all
	}
	rate := 100 * float64(passed) / float64(run)
	t.Logf("%d of %d cases pass, %.2f %%; %d need Ruby objects or Shopify's own limits", passed, run, rate, left)
	if rate < floor {
		t.Errorf("%.2f %% of the cases pass; the floor is %.2f %%", rate, floor)
	}
}

// foreign reports whether a case cannot be put to an implementation outside of
// Ruby: it makes a Ruby object, or counts by Shopify's own score of work.
func (c specCase) foreign(file []string) bool {
	for _, f := range append(slices.Clone(file), c.Features...) {
		if slices.Contains([]string{"drops", "ruby_drops", "ruby_types", "shopify_resource_limits"}, f) {
			return true
		}
	}
	return makesObjects(&c.Environment)
}

func makesObjects(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "instantiate:") {
		return true
	}
	return slices.ContainsFunc(n.Content, makesObjects)
}

// run gives what is wrong with the outcome, or "".
func (c specCase) run() string {
	e := New(Options{
		Now:           func() time.Time { return time.Date(2024, 1, 1, 0, 1, 58, 0, time.UTC) },
		Lax:           c.Mode.Value == "lax",
		ErrorsInPlace: c.InPlace,
		Partials: func(name string) (string, bool) {
			if s, ok := c.Filesystem[name]; ok {
				return s, true
			}
			s, ok := c.Filesystem[name+".liquid"]
			return s, ok
		},
	})
	data, _ := fromYAML(&c.Environment).(*Map)
	if data == nil {
		data = &Map{}
	}
	t, err := e.Parse("", c.Template)
	if len(c.Errors.Parse) > 0 {
		return missingWords(err, c.Errors.Parse)
	}
	if err != nil {
		return "does not parse: " + err.Error()
	}
	out, _, err := t.Render(context.Background(), data.values)
	switch {
	case len(c.Errors.Render) > 0:
		return missingWords(err, c.Errors.Render)
	case err != nil:
		return "does not render: " + err.Error()
	case len(c.Errors.Output) > 0:
		return missingIn(out, c.Errors.Output)
	case c.Pattern != "":
		if !regexp.MustCompile(strings.ReplaceAll(c.Pattern, "(?m)", "(?s)")).MatchString(out) {
			return fmt.Sprintf("gave %q, which does not match %s", out, c.Pattern)
		}
	case c.Expected != nil && out != *c.Expected:
		return fmt.Sprintf("%q gave %q, want %q", c.Template, out, *c.Expected)
	}
	return ""
}

func missingWords(err error, words []string) string {
	if err == nil {
		return "no error"
	}
	return missingIn(err.Error(), words)
}

func missingIn(text string, words []string) string {
	for _, w := range words {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			return fmt.Sprintf("%q lacks %q", text, w)
		}
	}
	return ""
}

// fromYAML turns a node into bindings that keep the order of keys.
func fromYAML(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := &Map{values: map[string]any{}, keys: []string{}}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i].Value
			m.keys = append(m.keys, k)
			m.values[k] = fromYAML(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, fromYAML(c))
		}
		return list
	case yaml.AliasNode:
		return fromYAML(n.Alias)
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil
	}
	return v
}

func readSpecs(t *testing.T, path string) specFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f specFile
	if err := yaml.Unmarshal(data, &f); err == nil {
		return f
	}
	if err := yaml.Unmarshal(data, &f.Specs); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f
}

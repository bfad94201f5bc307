package content

import (
	"embed"
	"fmt"
)

//go:embed starters/*.json
var starterFiles embed.FS

// Starter is a template to begin with.
type Starter struct {
	Slug        string
	Description string
	Template    Template
}

// Starters gives the templates to begin with.
func Starters() ([]Starter, error) {
	list := []Starter{
		{Slug: "welcome", Description: "A first letter: who you are, what to expect, a thank-you that knows whether they have bought."},
		{Slug: "offer", Description: "One e-mail, five offers: a nested rule finds the right one by what people bought and when."},
		{Slug: "products", Description: "Products on the shelves again, with recommendations for each person."},
		{Slug: "cart", Description: "What was left in the cart, and a gentle way back to it."},
		{Slug: "newsletter", Description: "A monthly letter with a story, two short notes and new products."},
	}
	for i := range list {
		data, err := starterFiles.ReadFile("starters/" + list[i].Slug + ".json")
		if err != nil {
			return nil, err
		}
		if list[i].Template, err = Parse(data); err != nil {
			return nil, fmt.Errorf("starter %s: %w", list[i].Slug, err)
		}
	}
	return list, nil
}

// Package spelling finds the known word nearest to a mistyped one, for messages
// that end in "did you mean …?".
package spelling

import "strings"

// longest is the longest word compared, in runes; longer ones have no near word.
const longest = 64

// Nearest gives the candidate nearest to word by edits (insert, delete, replace,
// swap of neighbours), without regard to case, and false where none is near: at
// most one edit in three letters. Of equally near ones the first is given.
func Nearest(word string, candidates []string) (string, bool) {
	w := []rune(strings.ToLower(word))
	if len(w) == 0 || len(w) > longest {
		return "", false
	}
	best, found := max(1, len(w)/3)+1, ""
	for _, c := range candidates {
		if c == word {
			continue
		}
		r := []rune(strings.ToLower(c))
		if len(r) > longest || abs(len(r)-len(w)) >= best {
			continue
		}
		if d := distance(w, r); d < best {
			best, found = d, c
		}
	}
	return found, found != ""
}

// Hint gives ", did you mean “c”?" for the nearest candidate, or "".
func Hint(word string, candidates []string) string {
	c, ok := Nearest(word, candidates)
	if !ok {
		return ""
	}
	return ", did you mean “" + c + "”?"
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func abs(n int) int { return max(n, -n) }

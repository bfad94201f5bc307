package esp

import "strings"

// maxFileName bounds a part of a file's name, in bytes: file systems take 255, and
// a name has a few parts.
const maxFileName = 100

// FileName gives a text as a part of a file's name that stays in its folder,
// whatever the text is: ASCII letters, digits, and - _ + @ are kept, a dot too
// unless it comes first, and all else becomes an underscore. Slugs and keys come
// out as they are.
func FileName(text string) string {
	safe := []byte(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_+@.", r):
			return r
		}
		return '_'
	}, text))
	if len(safe) == 0 || safe[0] == '.' {
		safe = append([]byte{'_'}, safe...)
	}
	return string(safe[:min(len(safe), maxFileName)])
}

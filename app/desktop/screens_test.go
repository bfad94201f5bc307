//go:build window

package desktop_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// screens are the pages whose pictures the docs show, with what must be there and
// what is pressed before: selectors, with the text where it takes that.
var screens = []struct {
	name, path, shows string
	pressed           [][2]string
}{
	{name: "home", path: "/", shows: "Revenue in the last 90 days"},
	{name: "contacts", path: "/contacts", shows: "@"},
	{name: "contact", path: "/contacts/5", shows: "May we write to them?"},
	{name: "segments", path: "/segments/vip-quiet", shows: "did not buy in the last 90 days"},
	{name: "why", path: "/segments/vip-quiet", shows: "did not buy in the last 90 days", pressed: [][2]string{{"label", "Why in or out"}, {`[aria-label="Anybody"]`, ""}}},
	{name: "segment-life", path: "/segments/vip/life", shows: "Who joined and left"},
	{name: "overlap", path: "/segments?compare=vip,engaged,tea-lovers,dormant", shows: "parts"},
	{name: "rfm", path: "/segments/_rfm", shows: "Champions"},
	{name: "engagement", path: "/segments/_engagement", shows: "How the scores lie"},
	{name: "rules", path: "/rules/offer-by-tier", shows: "Who gets what"},
	{name: "content", path: "/content/templates/seasonal-letter", shows: "composed in"},
	{name: "campaign", path: "/campaigns/seasonal-letter", shows: "people get it"},
	{name: "data", path: "/data?tab=quality", shows: "No first name"},
}

// TestScreens takes the pictures of docs/screens when MAILWRIGHT_SCREENS names the
// folder: go run ./build screens.
func TestScreens(t *testing.T) {
	folder := os.Getenv("MAILWRIGHT_SCREENS")
	if folder == "" {
		t.Skip("pictures are taken by go run ./build screens")
	}
	w := openWindow(t, "--demo")
	w.await(t, "the demo shop", `document.body.innerText.includes('Tilda & Fern')`)
	for _, scheme := range []string{"light", "dark"} {
		w.evaluate(t, fmt.Sprintf(`localStorage.setItem('mantine-color-scheme-value', %q); location.reload()`, scheme), nil)
		for _, s := range screens {
			time.Sleep(300 * time.Millisecond) // the page goes on to the next
			w.evaluate(t, `location.hash = `+strconv.Quote("#"+s.path), nil)
			w.await(t, s.shows, `document.body.innerText.includes(`+strconv.Quote(s.shows)+`)`)
			for _, what := range s.pressed {
				w.click(t, what[0], what[1])
			}
			time.Sleep(1500 * time.Millisecond) // frames and charts come after their page
			w.picture(t, folder, s.name+"-"+scheme)
		}
	}
}

//go:build window

package desktop_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// screens are the pages whose pictures the docs show, with what must be there.
var screens = []struct{ name, path, shows string }{
	{"home", "/", "Revenue in the last 90 days"},
	{"contacts", "/contacts", "@"},
	{"contact", "/contacts/5", "May we write to them?"},
	{"segments", "/segments/vip-quiet", "did not buy in the last 90 days"},
	{"segment-life", "/segments/vip/life", "Who joined and left"},
	{"overlap", "/segments?compare=vip,engaged,tea-lovers,dormant", "parts"},
	{"rules", "/rules/offer-by-tier", "Who gets what"},
	{"content", "/content/templates/seasonal-letter", "composed in"},
	{"campaign", "/campaigns/seasonal-letter", "people get it"},
	{"data", "/data?tab=quality", "No first name"},
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
			time.Sleep(1500 * time.Millisecond) // frames and charts come after their page
			w.picture(t, folder, s.name+"-"+scheme)
		}
	}
}

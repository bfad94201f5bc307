// Package browser lets the window's pages be used in a browser on the same
// machine: loopback only, entered with a one-time token, and closed to other
// sites by checks of Host and Origin and a SameSite=Strict cookie. It serves
// end-to-end tests, and machines without WebKit.
package browser

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

const cookieName = "mailwright"

// Server serves one handler to one browser.
type Server struct {
	listener net.Listener
	http     *http.Server
	session  string

	mu    sync.Mutex
	token string // "" once used
}

// Listen opens a loopback port, 0 for any free one.
func Listen(port int, handler http.Handler) (*Server, error) {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return nil, err
	}
	s := &Server{listener: l, session: rand.Text(), token: rand.Text()}
	s.http = &http.Server{Handler: s.guard(handler), ReadHeaderTimeout: 10 * time.Second}
	return s, nil
}

// URL is where to enter, once.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("http://%s/enter?token=%s", s.listener.Addr(), s.token)
}

// Serve answers until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		shut, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_ = s.http.Shutdown(shut)
	})
	defer stop()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// guard lets a request through that names this very address, comes from this
// page or from no page, and carries the session's cookie.
func (s *Server) guard(next http.Handler) http.Handler {
	host := s.listener.Addr().String()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != host {
			http.Error(w, "this address is not served here", http.StatusMisdirectedRequest)
			return
		}
		if o := r.Header.Get("Origin"); o != "" && o != "http://"+host {
			http.Error(w, "calls from other sites are refused", http.StatusForbidden)
			return
		}
		if r.Method == http.MethodGet && r.URL.Path == "/enter" {
			s.enter(w, r)
			return
		}
		c, err := r.Cookie(cookieName)
		if err != nil || !equal(c.Value, s.session) {
			http.Error(w, "Open the address that the program printed; it can be used once.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// enter takes the one-time token and gives the session's cookie.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ok := s.token != "" && equal(r.URL.Query().Get("token"), s.token)
	if ok {
		s.token = ""
	}
	s.mu.Unlock()
	if !ok {
		http.Error(w, "This address has been used already. Start the program again for a new one.", http.StatusForbidden)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: s.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	// A page of our own origin goes on, since a redirect from a link elsewhere
	// would arrive without the Strict cookie.
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = fmt.Fprint(w, `<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Mailwright</title>`)
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

package testkit

import (
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// Stage is a step of an SMTP talk at which a test may answer otherwise.
type Stage string

// The stages, in the order of a talk.
const (
	AtConnect Stage = "connect"
	AtMail    Stage = "mail"
	AtRcpt    Stage = "rcpt"
	AtData    Stage = "data"
	AtBody    Stage = "body" // after the first line of the letter
	AtDot     Stage = "dot"  // the letter is here, and the answer is awaited
)

// HangUp is the answer that closes the connection instead.
const HangUp = "hang up"

// SMTPServer is a mail server under a test's control.
type SMTPServer struct {
	Host string
	Port int

	answer   func(Stage, string) string
	listener net.Listener
	wait     sync.WaitGroup

	mu       sync.Mutex
	conns    map[net.Conn]bool
	received []Received
	opened   int
}

// Received is a letter that came whole, up to the final dot, whatever was answered.
type Received struct {
	To   string
	Data string // with line ends as \n
}

// SMTP starts a server on a free port of this machine and stops it when the test
// ends. answer gives the reply at a stage ("" for the usual one), from many
// goroutines; its second argument is the command or the letter.
func SMTP(t testing.TB, answer func(Stage, string) string) *SMTPServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if answer == nil {
		answer = func(Stage, string) string { return "" }
	}
	at := l.Addr().(*net.TCPAddr)
	s := &SMTPServer{Host: at.IP.String(), Port: at.Port, answer: answer, listener: l, conns: map[net.Conn]bool{}}
	s.wait.Add(1)
	go s.serve()
	t.Cleanup(s.Stop)
	return s
}

// Stop closes the server and every connection.
func (s *SMTPServer) Stop() {
	_ = s.listener.Close()
	s.mu.Lock()
	for c := range s.conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wait.Wait()
}

// Received gives what came so far.
func (s *SMTPServer) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received{}, s.received...)
}

// Opened gives how many connections were opened.
func (s *SMTPServer) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

func (s *SMTPServer) serve() {
	defer s.wait.Done()
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[c] = true
		s.opened++
		s.mu.Unlock()
		s.wait.Add(1)
		go func() {
			defer s.wait.Done()
			s.talk(textproto.NewConn(c))
			_ = c.Close()
			s.mu.Lock()
			delete(s.conns, c)
			s.mu.Unlock()
		}()
	}
}

// say answers and reports whether the talk goes on.
func (s *SMTPServer) say(c *textproto.Conn, at Stage, what, usual string) bool {
	reply := s.answer(at, what)
	if reply == HangUp {
		return false
	}
	if reply == "" {
		reply = usual
	}
	return c.PrintfLine("%s", reply) == nil
}

func (s *SMTPServer) talk(c *textproto.Conn) {
	if !s.say(c, AtConnect, "", "220 test ESMTP") {
		return
	}
	to := ""
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		var ok bool
		switch strings.ToUpper(verb) {
		case "EHLO":
			ok = c.PrintfLine("250-test\r\n250 8BITMIME") == nil
		case "MAIL":
			ok = s.say(c, AtMail, rest, "250 ok")
		case "RCPT":
			to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
			ok = s.say(c, AtRcpt, to, "250 ok")
		case "DATA":
			ok = s.letter(c, to)
		case "QUIT":
			_ = c.PrintfLine("221 bye")
			return
		default:
			ok = c.PrintfLine("250 ok") == nil
		}
		if !ok {
			return
		}
	}
}

func (s *SMTPServer) letter(c *textproto.Conn, to string) bool {
	reply := s.answer(AtData, to)
	switch {
	case reply == HangUp:
		return false
	case reply != "":
		return c.PrintfLine("%s", reply) == nil
	}
	if c.PrintfLine("354 go on") != nil {
		return false
	}
	first, err := c.ReadLine()
	if err != nil || s.answer(AtBody, to) == HangUp {
		return false
	}
	rest, err := c.ReadDotBytes()
	if err != nil {
		return false
	}
	s.mu.Lock()
	s.received = append(s.received, Received{To: to, Data: first + "\n" + string(rest)})
	s.mu.Unlock()
	return s.say(c, AtDot, to, "250 taken")
}

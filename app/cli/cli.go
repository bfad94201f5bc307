package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// commands is the whole command line. One field per noun, in the order of the
// help; the structs are in the files of their names.
type commands struct {
	globals

	Init        initCommand         `cmd:"" help:"Make an empty workspace."`
	Demo        demoCommand         `cmd:"" help:"Make a workspace with a made-up shop."`
	Import      importCommands      `cmd:"" help:"Bring contacts, events and products in."`
	Feed        feedCommands        `cmd:"" help:"Keep feeds of products and fetch them."`
	Contact     contactCommands     `cmd:"" help:"Show, list, export and erase people."`
	Consent     consentCommands     `cmd:"" help:"Show and note what people agreed to."`
	Suppression suppressionCommands `cmd:"" help:"Keep the addresses that are never written to."`
	Segment     segmentCommands     `cmd:"" help:"Keep segments, count, list and explain their people."`
	Score       scoreCommands       `cmd:"" help:"Say how RFM and engagement scores are made, and show them."`
	Rule        ruleCommands        `cmd:"" help:"Keep shared rules."`
	Template    templateCommands    `cmd:"" help:"Keep templates and their versions."`
	Block       blockCommands       `cmd:"" help:"Keep reusable blocks."`
	Render      renderCommand       `cmd:"" help:"Show what a person gets, and why."`
	Recommend   recommendCommands   `cmd:"" help:"Choose products for people, each with its reason, and measure how well."`
	Liquid      liquidCommand       `cmd:"" help:"Render Liquid from stdin: the dialect alone."`
	Campaign    campaignCommands    `cmd:"" help:"Keep campaigns, check, plan and send them."`
	Service     serviceCommands     `cmd:"" help:"Keep the services that are asked what e-mails say."`
	ESP         espCommands         `cmd:"" name:"esp" help:"Keep the ways of sending."`
	Secret      secretCommands      `cmd:"" help:"Keep passwords out of files and arguments."`
	Audit       auditCommands       `cmd:"" help:"Show and prove the history."`
	Backup      backupCommand       `cmd:"" help:"Write a whole copy of the workspace."`
	Restore     restoreCommand      `cmd:"" help:"Put a copy in the workspace's place; what was there is kept."`
	Doctor      doctorCommand       `cmd:"" help:"Look whether the workspace is whole."`
	Serve       serveCommand        `cmd:"" help:"Show the window's pages in a browser on this machine."`
	Version     versionCommand      `cmd:"" help:"Print the program's version."`
}

// globals are the flags that go before or after any command.
type globals struct {
	Workspace string `short:"w" env:"MAILWRIGHT_WORKSPACE" placeholder:"FILE" help:"The workspace file."`
	JSON      bool   `name:"json" help:"Print only JSON on stdout."`
	Now       string `placeholder:"RFC3339" help:"Fix the clock, so that results can be repeated."`
}

// Exit codes, as documented.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitInvalid  = 3
	exitNotFound = 4
	exitConflict = 5
	exitPartly   = 6 // done, but some rows or messages were rejected
)

// errPartly ends a command that did its work while some rows or messages were
// rejected; what they are has been printed.
var errPartly = errors.New("some were rejected")

// run is the program without its process: arguments in, exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("mailwright-cli"),
		kong.Description("Mailwright in a terminal: contacts, segments, e-mails and sending from one local file."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code; panic(exit(code)) }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "mailwright:", err)
		return exitFailed
	}
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(exit); !ok {
				panic(p)
			}
		}
	}()
	rt := &runtime{ctx: ctx, globals: &cli.globals, stdin: stdin, stdout: stdout, stderr: stderr}
	defer rt.close()
	parsed, err := parse(parser, args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		rt.json = wantsJSON(args)
		return rt.usage(err)
	}
	rt.json = cli.JSON
	return rt.code(parsed.Run(rt))
}

// exit carries --help's way out through kong.
type exit int

// parse turns kong's early exit (--help) into a nil error.
func parse(k *kong.Kong, args []string) (c *kong.Context, err error) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(exit); !ok {
				panic(p)
			}
		}
	}()
	return k.Parse(args)
}

func wantsJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" {
			return true
		}
	}
	return false
}

// input gives the bytes of a FILE argument; "-" is stdin.
func (rt *runtime) input(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(rt.stdin)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return b, nil
}

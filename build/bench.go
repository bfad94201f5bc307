package main

// bench measures at the size of a shop with 100,000 contacts and 2 million events
// and writes docs/BENCHMARKS.md; names limit it to parts of it.
func bench(args []string) error {
	if err := buildWindow(); err != nil {
		return err
	}
	if _, err := buildCLI(); err != nil {
		return err
	}
	return cmd(append([]string{"go", "run", "./build/bench"}, args...)...).run()
}

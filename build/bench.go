package main

// bench measures at the size of a shop with 100,000 contacts and 2 million events
// and writes docs/BENCHMARKS.md; names limit it to parts of it. The part audience
// measures the engine alone, up to a million contacts and 20 million events; it has
// a section of its own there, and is only run by its name.
func bench(args []string) error {
	if len(args) > 0 && args[0] == "audience" {
		return cmd(append([]string{"go", "run", "./build/bench/audience"}, args[1:]...)...).run()
	}
	if err := buildWindow(); err != nil {
		return err
	}
	if _, err := buildCLI(); err != nil {
		return err
	}
	return cmd(append([]string{"go", "run", "./build/bench"}, args...)...).run()
}

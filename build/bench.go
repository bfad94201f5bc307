package main

// bench measures and writes docs/BENCHMARKS.md; a name limits it to one part.
func bench(args []string) error {
	return cmd(append([]string{"go", "test", "-run", "^$", "-bench", "."}, args...)...).run()
}

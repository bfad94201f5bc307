package audience

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for parts of [0, n) of the given size, on as many
// goroutines as there are processors. Sizes are multiples of 64, so that no two
// parts share a word of a bitmap.
func inParallel(n, size int, f func(from, to int)) {
	each := func() func(from, to int) { return f }
	inParallelEach(n, size, each)
}

// inParallelEach is inParallel with a function of its own for every goroutine.
func inParallelEach(n, size int, each func() func(from, to int)) {
	parts := (n + size - 1) / size
	workers := min(runtime.GOMAXPROCS(0), parts)
	if workers <= 1 {
		if n > 0 {
			each()(0, n)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			f := each()
			for {
				p := int(next.Add(1)) - 1
				if p >= parts {
					return
				}
				f(p*size, min(n, (p+1)*size))
			}
		})
	}
	wait.Wait()
}

package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"pressmark/crawler/inflight"
)

// size is a flag of bytes, written 512MiB, 2GiB or 1000000. It implements pflag.Value.
type size int64

var units = map[string]float64{"": 1, "b": 1, "k": 1 << 10, "kb": 1e3, "kib": 1 << 10, "m": 1 << 20, "mb": 1e6, "mib": 1 << 20,
	"g": 1 << 30, "gb": 1e9, "gib": 1 << 30, "t": 1 << 40, "tb": 1e12, "tib": 1 << 40}

// Set implements pflag.Value.
func (s *size) Set(text string) error {
	number := strings.TrimRight(strings.ToLower(text), "kmgtib ")
	unit, known := units[strings.TrimSpace(strings.ToLower(text)[len(number):])]
	n, err := strconv.ParseFloat(number, 64)
	inRange := n >= 0 && n*unit <= math.MaxInt64/2 // false for NaN
	if valid := err == nil && inRange; !valid || !known {
		return fmt.Errorf("write a size as 512MiB or 2GiB")
	}
	*s = size(n * unit)
	return nil
}

// String implements pflag.Value.
func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type implements pflag.Value.
func (s *size) Type() string { return "size" }

// leastMemory is the least value of --memory: with less, a page of the largest size
// could not be read.
const leastMemory = 64 << 20

// memory divides the memory that the process may take, and holds the collector to
// its share unless the environment says otherwise.
func memory(told size) *inflight.Budget {
	plan := inflight.PlanFor(int64(told), inflight.Machine(os.DirFS("/")))
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(plan.Limit)
	}
	return inflight.New(plan.Bytes)
}

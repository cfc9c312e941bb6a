package crawler_test

import (
	"io"
	"log"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // net/http writes servers' faults there, as the program knows
	os.Exit(m.Run())
}

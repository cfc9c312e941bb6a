package configs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pressmark/configs"
)

// FuzzLoad checks that no file makes the package panic, that every refusal says
// where, what and what to do, and that what is accepted survives a round trip.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/bad/*.yaml", "testdata/good/*.yaml", "sites/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		site, err := configs.Parse("x.yaml", src)
		if err != nil {
			list := configs.Errors(err)
			if len(list) == 0 {
				t.Fatalf("an error without mistakes: %v", err)
			}
			for _, e := range list {
				if e.File != "x.yaml" || e.Problem == "" || e.Fix == "" || e.Line < 1 && len(src) <= 256<<10 {
					t.Errorf("incomplete: %+v", e)
				}
			}
			return
		}
		first := encode(t, site)
		again, err := configs.Parse("x.yaml", first)
		if err != nil {
			t.Fatalf("what Encode wrote is refused: %v\n%s", err, first)
		}
		if second := encode(t, again); !bytes.Equal(first, second) {
			t.Errorf("round trip changed\n%s\nto\n%s", first, second)
		}
	})
}

// Package rendertest finds the Chromium that tests of rendered pages need.
package rendertest

import (
	"os"
	"testing"

	"pressmark/crawler/render"
)

// required is set where a machine must have Chromium: there it fails what it would skip
// elsewhere.
const required = "PRESSMARK_TEST_BROWSER"

// Chromium returns the path of Chromium. Where none is installed, the test is skipped,
// loudly, or fails if $PRESSMARK_TEST_BROWSER is "required", which .ci/browser_check.sh
// sets.
func Chromium(t testing.TB) string {
	t.Helper()
	path, err := render.Find()
	switch {
	case err == nil:
	case os.Getenv(required) == "required":
		t.Fatal(err)
	default:
		t.Skip("NOT TESTED IN A BROWSER: there is no Chromium. `apt-get install chromium`, or run .ci/browser_check.sh, which installs it")
	}
	return path
}

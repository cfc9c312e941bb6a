//go:build linux && !race

package frontier_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

var resident = flag.Bool("frontier.resident", false, "be the process that TestResident measures")

// residentLimit is the memory that a process with a million queued URLs may take.
const residentLimit = 350 << 20

// TestResident fills a frontier in a process of its own, with the program's setting
// of the garbage collector, and reads the most memory that it ever had.
func TestResident(t *testing.T) {
	if *resident {
		debug.SetGCPercent(300) // as the program does
		f, _ := million(t)
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Fatal(err)
		}
		_, peak, _ := strings.Cut(string(status), "VmHWM:")
		fmt.Println("peak", peak)
		runtime.KeepAlive(f)
		return
	}
	out, err := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestResident$", "-frontier.resident").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var kilobytes int
	_, peak, _ := strings.Cut(string(out), "peak")
	if _, err := fmt.Sscan(peak, &kilobytes); err != nil || kilobytes == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("a million URLs over %d hosts: at most %.0f MB resident", hosts, float64(kilobytes)/1e3)
	if kilobytes<<10 > residentLimit {
		t.Errorf("%d KB resident, want at most %d MB", kilobytes, residentLimit>>20)
	}
}

package tally_test

import (
	"errors"
	"testing"

	"pressmark/crawler/tally"
)

// TestWhyItFailed: the last line of a crawl says of each site what failed.
func TestWhyItFailed(t *testing.T) {
	sums := []tally.Summary{
		{Site: "alder", PageCounts: tally.PageCounts{Discovered: 24, Failed: 2}, SourceCounts: tally.SourceCounts{Sources: 9, SourcesFailed: 1, Listed: 30, Usual: 40, Missed: 30}},
		{Site: "birch", PageCounts: tally.PageCounts{Discovered: 3}},
		{Site: "cedar", Err: errors.New("no space left")},
	}
	for _, c := range []struct {
		failOn []string
		want   string
	}{
		{nil, "alder: pages failed: 2 of 24, sources not read: 1 of 9; cedar: stopped"},
		{[]string{"failed>5%"}, "alder: failed>5% (2 of 24 pages); cedar: stopped"},
		{[]string{"discovered<50%"}, "alder: discovered<50% (10 of 40 articles that the sources usually list); cedar: stopped"},
		{[]string{"discovered<5"}, "birch: discovered<5 (3); cedar: stopped"},
		{[]string{"never"}, "cedar: stopped"},
	} {
		if err := tally.Failed(sums, c.failOn); err == nil || err.Error() != "finished with failures: "+c.want {
			t.Errorf("%v: %v\nwant %s", c.failOn, err, c.want)
		}
	}
}

func TestParseCondition(t *testing.T) {
	for text, known := range map[string]bool{
		"never": true, "failures": true, "failed>0%": true, "failed>99.5%": true, "discovered<1": true, "discovered<100%": true,
		"": false, "failed>100%": false, "failed>5": false, "failed>-1%": false, "discovered<101%": false, "discovered<inf": false, "failed": false, "Never": false,
	} {
		if _, err := tally.ParseCondition(text); (err == nil) != known || !known && !errors.Is(err, tally.ErrCondition) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

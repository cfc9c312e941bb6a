package fleet_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pressmark/configs"
	"pressmark/crawler/fleet"
)

// TestGroup: sites that share a registrable domain share a key, also by way of a third.
func TestGroup(t *testing.T) {
	site := func(name string, hosts ...string) configs.Site { return configs.Site{Name: name, Hosts: hosts} }
	groups := fleet.Group([]configs.Site{
		site("a", "www.a.example"), site("b", "news.b.example", "*.c.example"), site("c", "c.example"), site("d", "d.example:8080", "b.example"),
		site("ip", "127.0.0.1:1"), site("ip2", "127.0.0.1:2"), site("uk", "www.county.co.uk"), site("uk2", "www.other.co.uk"),
	})
	var got []string
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		var names []string
		for _, s := range groups[key] {
			names = append(names, s.Name)
		}
		got = append(got, key+"="+strings.Join(names, "+"))
	}
	want := "127.0.0.1:1=ip 127.0.0.1:2=ip2 a.example=a b.example=b+c+d county.co.uk=uk other.co.uk=uk2"
	if text := strings.Join(got, " "); text != want {
		t.Errorf("%s\nwant %s", text, want)
	}
}

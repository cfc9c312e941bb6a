package configs_test

import (
	"strings"
	"testing"

	"pressmark/configs"
)

func TestKeeper(t *testing.T) {
	file := func(name, host string) configs.File {
		return configs.File{Name: name + ".yaml", Src: []byte("name: " + name + "\nhosts: [" + host + "]\n")}
	}
	broken := configs.File{Name: "a.yaml", Src: []byte("name: a\nhost: [www.a.example]\n")}
	var k configs.Keeper
	for _, step := range []struct {
		what         string
		files        []configs.File
		sites, wrong string
	}{
		{"two", []configs.File{file("a", "www.a.example"), file("b", "www.b.example")}, "a=www.a.example b=www.b.example", ""},
		{"one broken, one changed", []configs.File{broken, file("b", "new.b.example")}, "a=www.a.example b=new.b.example", "a.yaml:2:1: host: unknown key"},
		{"still broken", []configs.File{broken, file("b", "new.b.example")}, "a=www.a.example b=new.b.example", "a.yaml:2:1"},
		{"a clash", []configs.File{file("a", "new.b.example"), file("b", "new.b.example")}, "a=www.a.example b=new.b.example", "belongs to a in a.yaml too"},
		{"mended", []configs.File{file("a", "two.a.example")}, "a=two.a.example", ""},
		{"new and broken", []configs.File{file("a", "two.a.example"), {Name: "c.yaml", Src: []byte("name: [")}}, "a=two.a.example", "c.yaml:1"},
	} {
		sites, err := k.Take(step.files)
		var got []string
		for _, s := range sites {
			got = append(got, s.Name+"="+s.Hosts[0])
		}
		if strings.Join(got, " ") != step.sites || step.wrong == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), step.wrong) {
			t.Errorf("%s: %v, %v", step.what, got, err)
		}
	}
}

func TestVisit(t *testing.T) {
	const head = "name: a\nhosts:\n  - www.a.example\n"
	s, err := configs.Parse("a.yaml", []byte(head+"visit:\n  min: 2m\n  max: 2h\n  priority: high\n"))
	if err != nil || s.Visit.Min.Minutes() != 2 || s.Visit.Max.Hours() != 2 || s.Visit.Priority != configs.High {
		t.Fatalf("%+v, %v", s.Visit, err)
	}
	text, err := configs.Encode(s)
	if again, parseErr := configs.Parse("a.yaml", text); err != nil || parseErr != nil || again.Visit != s.Visit {
		t.Errorf("%v, %v: %s", err, parseErr, text)
	}
	for src, want := range map[string]string{"visit: {min: 3h, max: 2h}\n": "2h is shorter than min, 3h", "visit: {priority: urgent}\n": `"urgent" is no priority`, "visit: {least: 3h}\n": "unknown key"} {
		if _, err := configs.Parse("a.yaml", []byte(head+src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", src, err)
		}
	}
}

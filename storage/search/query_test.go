package search_test

import (
	"errors"
	"reflect"
	"testing"

	"pressmark/storage/search"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want []search.Term
	}{
		{"", nil},
		{"storm harbour", []search.Term{{Text: "storm"}, {Text: "harbour"}}},
		{`"storm in the harbour" -pier`, []search.Term{{Text: "storm in the harbour"}, {Text: "pier", Not: true}}},
		{`title:灯会 -author:"Ann Lee"`, []search.Term{{Field: "title", Text: "灯会"}, {Field: "author", Text: "Ann Lee", Not: true}}},
		{"Site:example year:2020..2024", []search.Term{{Field: "site", Text: "example"}, {Field: "year", Text: "2020..2024"}}},
		{"10:30 http://x", []search.Term{{Text: "10:30"}, {Text: "http://x"}}},
		{`“江边灯会”`, []search.Term{{Text: "江边灯会"}}},
		{`"open`, []search.Term{{Text: "open"}}},
		{"a - b", []search.Term{{Text: "a"}, {Text: "-"}, {Text: "b"}}},
	} {
		q, err := search.Parse(c.text)
		if err != nil || !reflect.DeepEqual(q.Terms, c.want) {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", c.text, q.Terms, err, c.want)
		}
		if again, err := search.Parse(q.String()); err != nil || !reflect.DeepEqual(again, q) {
			t.Errorf("Parse(%q) = %+v, %v: String of %q does not give the query again", q.String(), again, err, c.text)
		}
	}
	for _, bad := range []string{"title:", "year:abc", "year:2024-13", "year:2024..2020", "year:24"} {
		if _, err := search.Parse(bad); !errors.Is(err, search.ErrQuery) {
			t.Errorf("Parse(%q) = %v, want ErrQuery", bad, err)
		}
	}
}

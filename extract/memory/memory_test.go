package memory_test

import (
	"errors"
	"fmt"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/memory"
	"pressmark/extract/page"
)

func marks(t *testing.T, html string) []uint64 {
	t.Helper()
	tree, err := page.Parse(article.Page{URL: "https://news.example/a", Body: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := tree.Lay(page.NewPool().Get(), "")
	return memory.Marks(p)
}

// TestMarks compares the marks of two pages: digits do not count, hidden and short
// lines have none.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"the same text", "<p>Follow us on all channels", "<div>Follow us on all channels", true},
		{"another number", "<p>1,204 people read this page", "<p>9 people read this page", false},
		{"another number of the same form", "<p>Read by 12 people so far", "<p>Read by 98765 people so far", true},
		{"other words", "<p>Follow us on all channels", "<p>Follow us on all platforms", false},
	} {
		a, b := marks(t, c.a), marks(t, c.b)
		if len(a) != 1 || len(b) != 1 || (a[0] == b[0]) != c.same {
			t.Errorf("%s: %x %x", c.name, a, b)
		}
	}
	if got := marks(t, "<p>Menu</p><p hidden>Follow us on all channels</p>"); len(got) != 0 {
		t.Errorf("marks of short and hidden lines: %x", got)
	}
	if got := marks(t, "<p>Follow us on all channels</p><p>Follow us on all channels</p>"); len(got) != 1 {
		t.Errorf("marks of one line twice: %x", got)
	}
}

// TestKnown counts distinct pages: a block on three is known.
func TestKnown(t *testing.T) {
	for _, c := range []struct {
		name  string
		pages []string
		known bool
	}{
		{"none", nil, false},
		{"two", []string{"a", "b"}, false},
		{"three", []string{"a", "b", "c"}, true},
		{"one page three times", []string{"a", "a", "a"}, false},
	} {
		var m memory.Memory
		for _, id := range c.pages {
			m.Add(id, []uint64{7})
		}
		if m.Known(7) != c.known || m.Known(8) {
			t.Errorf("%s: known %v", c.name, m.Known(7))
		}
	}
}

// TestBounds adds more pages and marks than are kept, in two orders and in two halves:
// the memory is the same.
func TestBounds(t *testing.T) {
	const pages = 3 * memory.SamplePages
	list := make([]uint64, 1000)
	for i := range list {
		list[i] = uint64(i) * 7919
	}
	var up, down, left, right memory.Memory
	for i := range pages {
		up.Add(fmt.Sprint(i), list)
		down.Add(fmt.Sprint(pages-1-i), list)
		half := &left
		if i%2 > 0 {
			half = &right
		}
		half.Add(fmt.Sprint(i), list)
	}
	left.Merge(&right)
	left.Merge(&left)
	want := encoded(t, &up)
	if encoded(t, &down) != want || encoded(t, &left) != want {
		t.Error("the memory depends on the order of the pages")
	}
	if up.Pages() != memory.SamplePages || len(want) > 300_000 {
		t.Errorf("%d pages, %d bytes", up.Pages(), len(want))
	}
	if !up.Known(list[0]) || up.Known(list[999]) {
		t.Error("of each page the smallest marks are kept")
	}
}

func encoded(t *testing.T, m *memory.Memory) string {
	t.Helper()
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestDecode reads what MarshalBinary writes, and refuses what is cut or longer.
func TestDecode(t *testing.T) {
	var m memory.Memory
	m.Add("a", []uint64{1, 2})
	m.Add("b", []uint64{2})
	whole := encoded(t, &m)
	var got memory.Memory
	got.Add("c", []uint64{3}) // is replaced
	if err := got.UnmarshalBinary([]byte(whole)); err != nil || encoded(t, &got) != whole {
		t.Errorf("%v; %x", err, encoded(t, &got))
	}
	for _, bad := range []string{"", "pmm1", "pmm9" + whole[4:], whole + "x"} {
		if err := got.UnmarshalBinary([]byte(bad)); !errors.Is(err, memory.ErrBadMemory) {
			t.Errorf("%x: %v", bad, err)
		}
	}
	for n := range len(whole) {
		if err := got.UnmarshalBinary([]byte(whole[:n])); !errors.Is(err, memory.ErrBadMemory) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
	if encoded(t, &got) != whole {
		t.Error("a refused encoding changed the memory")
	}
}

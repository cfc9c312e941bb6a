package extract_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/memory"
)

// sitePage is a page of a site that prints an appeal of its own, in a plain
// paragraph, under every article.
func sitePage(n int) article.Page {
	text := ""
	for i := range 4 {
		text += fmt.Sprintf("<p>In the village of %s%d they mended %d roofs, and the school, before the rain came back.</p>", string(rune('A'+n)), n*7+i, n+i)
	}
	const appeal = "<p>The Echo is written by people who live here, and paid for by those who read it every day.</p>"
	body := "<title>Story " + fmt.Sprint(n) + "</title><h1>Story " + fmt.Sprint(n) + "</h1><div>" + text + appeal + "</div>"
	return article.Page{URL: fmt.Sprintf("https://echo.example/a/%d.html", n), Body: []byte(body)}
}

func marksOf(t *testing.T, p article.Page) []uint64 {
	t.Helper()
	res, err := extract.New(extract.Options{}).Extract(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return res.Marks
}

func TestMemoryTakesRepeatedBlocksOut(t *testing.T) {
	var m extract.Memory
	for n := 1; n <= 4; n++ {
		m.Add(sitePage(n).URL, marksOf(t, sitePage(n)))
	}
	text := func(o extract.Options) string {
		res, err := extract.New(o).Extract(context.Background(), sitePage(9))
		if err != nil || res.Article == nil {
			t.Fatalf("result %+v, error %v", res, err)
		}
		return res.Article.Text
	}
	if !strings.Contains(text(extract.Options{}), "written by people") {
		t.Fatal("without memory the appeal should be taken for text, or this test shows nothing")
	}
	with := text(extract.Options{Memory: &m})
	if strings.Contains(with, "written by people") {
		t.Error("the appeal is still in the text")
	}
	if strings.Count(with, "roofs") != 4 {
		t.Errorf("text lost: %s", with)
	}
}

// TestMemoryOfOnePage checks that a page fetched again and again does not teach
// that its own text is chrome.
func TestMemoryOfOnePage(t *testing.T) {
	var m extract.Memory
	for range 5 {
		m.Add("one", []uint64{1, 2, 3})
	}
	if m.Known(1) {
		t.Error("one page made a block known")
	}
	m.Add("two", []uint64{1})
	m.Add("three", []uint64{1})
	if !m.Known(1) || m.Known(2) {
		t.Error("want the block of three pages known, and no other")
	}
}

func TestMemoryIsOrderIndependent(t *testing.T) {
	type add struct {
		id    string
		marks []uint64
	}
	r := rand.New(rand.NewPCG(1, 2))
	var adds []add
	for i := range 400 {
		a := add{id: fmt.Sprint("page", i%300)} // some come twice, with other marks
		for range 500 {
			a.marks = append(a.marks, r.Uint64()%5000)
		}
		adds = append(adds, a)
	}
	var want []byte
	for round := range 5 {
		var parts [3]extract.Memory
		for _, i := range r.Perm(len(adds)) {
			parts[r.IntN(3)].Add(adds[i].id, adds[i].marks)
		}
		var m extract.Memory
		for _, i := range r.Perm(3) {
			m.Merge(&parts[i])
		}
		got, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 300_000 {
			t.Fatalf("%d bytes: not bounded", len(got))
		}
		if round == 0 {
			want = got
		} else if !bytes.Equal(want, got) {
			t.Fatalf("round %d differs", round)
		}
		var back extract.Memory
		if err := back.UnmarshalBinary(got); err != nil {
			t.Fatal(err)
		}
		if again, _ := back.MarshalBinary(); !bytes.Equal(got, again) {
			t.Fatal("round trip differs")
		}
		if back.Pages() != m.Pages() || back.Known(7) != m.Known(7) {
			t.Fatal("decoded memory knows something else")
		}
	}
}

func FuzzMemoryUnmarshal(f *testing.F) {
	var m extract.Memory
	m.Add("a", []uint64{1, 2})
	good, _ := m.MarshalBinary()
	f.Add(good)
	f.Add(good[:9])
	f.Add([]byte("pmm1\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m extract.Memory
		if err := m.UnmarshalBinary(data); err != nil {
			if !errors.Is(err, memory.ErrBadMemory) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		first, _ := m.MarshalBinary()
		var again extract.Memory
		if err := again.UnmarshalBinary(first); err != nil {
			t.Fatal(err)
		}
	})
}

package page_test

import (
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// TestRolesKeepSums un-hides lines and asks for the sums over them.
func TestRolesKeepSums(t *testing.T) {
	tree, err := page.Parse(article.Page{URL: "https://news.example/a", Body: []byte(`<p>one</p><p style="display:none">three <a href="/b">four</a></p><p>nine</p>`)})
	if err != nil {
		t.Fatal(err)
	}
	p, roles := tree.Lay(page.NewPool().Get(), "")
	type sums struct{ visible, mass, links int32 }
	get := func() sums {
		mass, links := p.MassOf(1, 2)
		return sums{p.VisibleMass(), mass, links}
	}
	if got, want := get(), (sums{7, 0, 0}); got != want {
		t.Errorf("hidden: %v, want %v", got, want)
	}
	roles.Set(1, page.RoleBody, "a step")
	if got, want := get(), (sums{7, 0, 0}); got != want {
		t.Errorf("hidden and with a role: %v, want %v", got, want)
	}
	roles.Set(1, page.RoleShown, "another step")
	if l := &p.Lines[1]; l.Hidden() || l.Role() != page.RoleNone || l.By() != "another step" {
		t.Errorf("line is hidden %v, %v by %q", l.Hidden(), l.Role(), l.By())
	}
	if got, want := get(), (sums{16, 9, 4}); got != want {
		t.Errorf("shown: %v, want %v", got, want)
	}
	roles.Set(0, page.RoleBody, "a step")
	roles.Set(1, page.RoleBody, "a step")
	if got, want := p.Extent(-1, 3, page.RoleBody), (page.Extent{First: 0, Last: 1, Mass: 12}); got != want {
		t.Errorf("extent %v, want %v", got, want)
	}
	if got, want := p.Extent(0, 3, page.RoleTitle), (page.Extent{First: -1, Last: -1}); got != want {
		t.Errorf("extent of no lines %v, want %v", got, want)
	}
}

package extract_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"
)

const pagePackage = "pressmark/extract/page"

// TestPageIsReadOnly reads the source of all steps. Package page writes a page while it
// parses it and lays it flat. After that, steps only read the page and its tree; they
// give roles to lines through page.Roles.
func TestPageIsReadOnly(t *testing.T) {
	for _, step := range loadSteps(t) {
		if step.PkgPath == pagePackage {
			continue
		}
		for _, write := range writesToPage(step.Fset, step.Syntax, step.TypesInfo) {
			if step.PkgPath == "pressmark/extract/rule" && write.what == "RemoveChild" {
				continue // a site's removals come before the page is laid flat
			}
			t.Errorf("%s: %s: only package page writes its types and the tree", write.at, write.what)
		}
	}
}

// TestWritesToPageAreSeen shows that the search finds each kind of write, and no read.
func TestWritesToPageAreSeen(t *testing.T) {
	const source = `package step

import (
	"slices"

	"golang.org/x/net/html"
	"pressmark/extract/page"
)

func write(p *page.Page, n *html.Node) {
	p.Lang = "zh"
	p.Lines[0].Mass++
	l := &p.Lines[1]
	l.Chars, l.Pre = 3, true
	*l = page.Line{}
	p.Metas = append(p.Metas, page.Meta{})
	slices.Reverse(p.Boxes)
	clear(p.Links)
	copy(p.Spans[1:], p.Spans)
	n.Parent.RemoveChild(n)
	n.Attr[0].Val = ""
}

func read(p *page.Page) page.Line {
	l := p.Lines[0]
	names := slices.Clone(p.Metas)
	slices.Reverse(names)
	for _, b := range p.Boxes {
		l.Mass += b.First
	}
	return l
}
`
	known := map[string]*types.Package{}
	packages.Visit(loadSteps(t), nil, func(p *packages.Package) { known[p.PkgPath] = p.Types })
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "step.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}}
	check := types.Config{Importer: importerOf(known)}
	if _, err := check.Check("step", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, write := range writesToPage(fset, []*ast.File{file}, info) {
		lines = append(lines, write.at.Line)
	}
	if want := []int{11, 12, 14, 14, 15, 16, 17, 18, 19, 20, 21}; !slices.Equal(lines, want) {
		t.Errorf("writes in lines %v, want %v", lines, want)
	}
}

type importerOf map[string]*types.Package

func (known importerOf) Import(path string) (*types.Package, error) {
	if p := known[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// loadSteps loads package extract and all packages below it with their types.
func loadSteps(t *testing.T) []*packages.Package {
	t.Helper()
	steps, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps,
	}, pagePackage, "pressmark/extract", "pressmark/extract/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		for _, e := range step.Errors {
			t.Fatal(e)
		}
	}
	return steps
}

// write is a place where a page or its tree is changed.
type write struct {
	at   token.Position
	what string
}

// changers are functions that change their first argument, and methods that change the
// tree.
var changers = []string{"Reverse", "Sort", "SortFunc", "SortStableFunc", "Slice", "SliceStable", "clear", "copy", "delete",
	"RemoveChild", "AppendChild", "InsertBefore"}

func writesToPage(fset *token.FileSet, files []*ast.File, info *types.Info) []write {
	var out []write
	see := func(e ast.Expr, what string) {
		if isOfPage(info, e) {
			out = append(out, write{fset.Position(e.Pos()), what})
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					see(left, "assignment")
				}
			case *ast.IncDecStmt:
				see(n.X, "assignment")
			case *ast.CallExpr:
				called, arg := calledOn(info, n)
				if slices.Contains(changers, called) && arg != nil && (isNode(info, arg) || isOfPage(info, arg)) {
					out = append(out, write{fset.Position(n.Pos()), called})
				}
			}
			return true
		})
	}
	return out
}

// calledOn returns the name of the function of a call, and its receiver or first argument.
func calledOn(info *types.Info, call *ast.CallExpr) (name string, on ast.Expr) {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
		if info.Selections[fun] != nil {
			return name, fun.X
		}
	}
	if len(call.Args) == 0 {
		return name, nil
	}
	return name, call.Args[0]
}

// isOfPage reports whether an expression is memory of a page or of its tree. A copy in a
// variable is the step's own.
func isOfPage(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		owner, pointer := pointedTo(info.TypeOf(e.X))
		return isGuarded(owner) && (pointer || isReached(info, e.X)) || isOfPage(info, e.X)
	case *ast.IndexExpr:
		return isOfPage(info, e.X)
	case *ast.SliceExpr:
		return isOfPage(info, e.X)
	case *ast.StarExpr:
		return isGuarded(info.TypeOf(e))
	}
	return false
}

// isReached reports whether an expression leads through a pointer or a list, so that it
// may be memory of somebody else.
func isReached(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr, *ast.StarExpr:
		return true
	case *ast.SelectorExpr:
		_, pointer := pointedTo(info.TypeOf(e.X))
		return pointer || isReached(info, e.X)
	}
	return false
}

func pointedTo(t types.Type) (_ types.Type, pointer bool) {
	if t == nil {
		return nil, false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem(), true
	}
	return t, false
}

// isNode reports whether an expression is a node of a tree.
func isNode(info *types.Info, e ast.Expr) bool {
	t, pointer := pointedTo(info.TypeOf(e))
	named, ok := t.(*types.Named)
	return pointer && ok && named.Obj().Name() == "Node" && isGuarded(t)
}

// isGuarded reports whether a type is one of package page or of the tree. A Candidate is
// not: each step makes its own.
func isGuarded(t types.Type) bool {
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Path() {
	case pagePackage:
		return named.Obj().Name() != "Candidate"
	case "golang.org/x/net/html":
		return true
	}
	return false
}

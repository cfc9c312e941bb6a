package ledger

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFieldsAreAll compares the table with Record: names, order and omission.
func TestFieldsAreAll(t *testing.T) {
	record := reflect.TypeFor[Record]()
	if record.NumField() != len(fields) {
		t.Fatalf("%d rows for %d fields", len(fields), record.NumField())
	}
	for i, f := range fields {
		name, option, _ := strings.Cut(record.Field(i).Tag.Get("json"), ",")
		if f.name != name || f.need != (option == "") {
			t.Errorf("row %d is %s, required %v; the field is %s %q", i, f.name, f.need, name, option)
		}
		kind := record.Field(i).Type.Kind()
		if text := kind == reflect.String || kind == reflect.Slice; text != (f.most.bytes > 0) {
			t.Errorf("%s has the bound %d", f.name, f.most.bytes)
		}
	}
}

// TestBound gives every text of a record a length over its bound.
func TestBound(t *testing.T) {
	long := strings.Repeat("ä\x01", 3<<20)
	for i, f := range fields {
		if f.most.bytes == 0 {
			continue
		}
		r := full
		v := reflect.ValueOf(&r).Elem().Field(i)
		switch v.Kind() {
		case reflect.String:
			v.SetString(long)
		default:
			v.Set(reflect.ValueOf(map[reflect.Type]any{reflect.TypeFor[[]string](): []string{"title", long}, reflect.TypeFor[[]byte](): []byte(long)}[v.Type()]))
		}
		err := r.Bound()
		if refused := errors.Is(err, ErrRecord); refused != (f.most.over == refuse) {
			t.Errorf("%s: %v", f.name, err)
		}
		if f.most.over == drop && !f.kind.empty(&r) {
			t.Errorf("%s is kept, %d bytes", f.name, v.Len())
		}
		if s := v.String(); f.most.over == clip && v.Kind() == reflect.String && (len(s) > f.most.bytes || !strings.HasSuffix(s, "…") || !utf8.ValidString(s)) {
			t.Errorf("%s is cut to %d bytes", f.name, len(s))
		}
	}
	r := full
	if err := r.Bound(); err != nil || !reflect.DeepEqual(r, full) {
		t.Errorf("a record within its bounds was changed: %+v, %v", r, err)
	}
}

// TestApplyBounds: logs that were written without bounds do not fill the memory.
func TestApplyBounds(t *testing.T) {
	var s State
	r := least
	r.ETag, r.Title = strings.Repeat("x", 120<<10), strings.Repeat("标", 120<<10)
	s.Apply(r)
	if got, _ := s.Get(r.URL); got.ETag != "" || len(got.Title) > longText {
		t.Errorf("kept %d bytes of a validator, %d of a title", len(got.ETag), len(got.Title))
	}
}

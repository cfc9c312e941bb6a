package configs_test

import (
	"reflect"
	"strings"
	"testing"

	"pressmark/configs"
)

// TestRuleKeys reads, writes, selects and replaces every key of the table.
func TestRuleKeys(t *testing.T) {
	for _, key := range configs.RuleKeys() {
		const head = "name: a\nhosts: [a.example]\nrules:\n  - "
		s, err := configs.Parse("x.yaml", []byte(head+key.Name+": .x"))
		if err != nil {
			t.Fatal(err)
		}
		r := &s.Rules[0]
		if found := key.In(r); len(found) != 1 || found[0].String() != ".x" || r.Select(key.Name) != found[0] {
			t.Errorf("%s: in the rules %v, selected %v", key.Name, found, r.Select(key.Name))
		}
		if text := encode(t, s); !strings.Contains(string(text), key.Name+":") {
			t.Errorf("%s is not written:\n%s", key.Name, text)
		}
		if _, err := configs.Parse("x.yaml", []byte(head+key.Name+": .x@content")); (err == nil) != key.Value {
			t.Errorf("%s: an attribute gives %v", key.Name, err)
		}
		other, err := configs.NewSelector(".y")
		if err != nil {
			t.Fatal(err)
		}
		if !r.Set(key.Name, other) || len(key.In(r)) != 1 || key.In(r)[0] != other {
			t.Errorf("%s: not replaced: %v", key.Name, key.In(r))
		}
		if r.Set(key.Name, nil); len(key.In(r)) != 0 {
			t.Errorf("%s: not taken out", key.Name)
		}
	}
	if r := new(configs.Rules); r.Select("colour") != nil || r.Set("colour", nil) {
		t.Error("a key that does not exist was accepted")
	}
}

// TestRuleKeysAreAll finds every selector of Rules in the table.
func TestRuleKeysAreAll(t *testing.T) {
	selectors := 0
	for field := range reflect.TypeFor[configs.Rules]().Fields() {
		switch field.Type {
		case reflect.TypeFor[*configs.Selector](), reflect.TypeFor[[]*configs.Selector]():
			selectors++
		}
	}
	if keys := len(configs.RuleKeys()); keys != selectors {
		t.Errorf("%d keys for %d selectors", keys, selectors)
	}
}

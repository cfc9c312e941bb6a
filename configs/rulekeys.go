package configs

// RuleKey is a key of a site's rules whose value is one or several selectors. The table
// of keys drives reading, writing, [Rules.Selectors], proposals and checks.
type RuleKey struct {
	Name string
	// Value is set if a value is wanted and not an element: the selector may end in
	// "@attr".
	Value bool

	one  func(*Rules) **Selector
	many func(*Rules) *[]*Selector // for keys with a list of selectors
}

// ruleKeys are in the order in which they are written.
var ruleKeys = [...]RuleKey{
	{Name: "title", Value: true, one: func(r *Rules) **Selector { return &r.Title }},
	{Name: "published", Value: true, one: func(r *Rules) **Selector { return &r.Published }},
	{Name: "body", one: func(r *Rules) **Selector { return &r.Body }},
	{Name: "source", Value: true, one: func(r *Rules) **Selector { return &r.Source }},
	{Name: "authors", Value: true, one: func(r *Rules) **Selector { return &r.Authors }},
	{Name: "editors", Value: true, one: func(r *Rules) **Selector { return &r.Editors }},
	{Name: "images", Value: true, one: func(r *Rules) **Selector { return &r.Images }},
	{Name: "caption", Value: true, one: func(r *Rules) **Selector { return &r.Caption }},
	{Name: "next_part", Value: true, one: func(r *Rules) **Selector { return &r.NextPart }},
	{Name: "remove", many: func(r *Rules) *[]*Selector { return &r.Remove }},
}

// RuleKeys returns the keys of rules that hold selectors, in the order of README.md.
func RuleKeys() []RuleKey { return ruleKeys[:] }

// In returns the selectors of the key in the rules, nil if the rules do not have it.
func (k *RuleKey) In(r *Rules) []*Selector {
	if k.many != nil {
		return *k.many(r)
	}
	if s := *k.one(r); s != nil {
		return []*Selector{s}
	}
	return nil
}

// add sets the selector of the key, or adds one to its list.
func (k *RuleKey) add(r *Rules, s *Selector) {
	if k.many != nil {
		list := k.many(r)
		*list = append(*list, s)
		return
	}
	*k.one(r) = s
}

// Select returns the selector of a rule by its key, the first of a list; nil if the
// rules do not have it or there is no such key.
func (r *Rules) Select(key string) *Selector {
	for i := range ruleKeys {
		if ruleKeys[i].Name != key {
			continue
		}
		if found := ruleKeys[i].In(r); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}

// Set replaces the selector of a rule by its key; nil takes it out. It returns false
// if there is no such key.
func (r *Rules) Set(key string, s *Selector) bool {
	for i := range ruleKeys {
		k := &ruleKeys[i]
		if k.Name != key {
			continue
		}
		if k.many != nil {
			*k.many(r) = nil
		}
		if s != nil || k.many == nil {
			k.add(r, s)
		}
		return true
	}
	return false
}

// selectorFields read the keys of the table into r.
func (d *decoder) selectorFields(r *Rules) []field {
	fields := make([]field, len(ruleKeys))
	for i := range ruleKeys {
		k := &ruleKeys[i]
		one := func(v value) {
			if s := d.selector(v, k.Value); s != nil {
				k.add(r, s)
			}
		}
		fields[i] = field{k.Name, one}
		if k.many != nil {
			fields[i].read = func(v value) { d.list(v, one) }
		}
	}
	return fields
}

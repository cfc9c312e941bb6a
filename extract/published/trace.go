package published

import "fmt"

// trace notes the times that were weighed, for explanations.
func (t *timeFinder) trace(shown []printed) {
	if t.p.Trace == nil {
		return
	}
	for _, v := range shown {
		field := "published"
		if v.updated {
			field = "modified"
		}
		t.p.Trace.Add(field, v.Format(t.zone.loc), fmt.Sprintf("printed in line %d", v.line+1), v.score)
	}
	for _, c := range t.claims {
		t.p.Trace.Add("published", c.Format(t.zone.loc), c.from, 0)
	}
	for _, c := range t.updates {
		t.p.Trace.Add("modified", c.Format(t.zone.loc), c.from, 0)
	}
	if t.hasURL {
		t.p.Trace.Add("published", t.byURL.Format(t.zone.loc), "url", 0)
	}
}

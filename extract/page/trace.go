package page

// Trace collects the candidates that steps weigh, chosen or not, for explanations. Steps
// only write it. A nil Trace collects nothing.
type Trace struct{ Candidates []Candidate }

// Candidate is a value that a step weighed for a field.
type Candidate struct {
	Field string  // "title", "published", "modified", "source" or "authors"
	Value string  // as it would stand in the article
	From  string  // where it was found
	Score float64 // in the step's own measure, higher is better; 0 where the step does not score
}

// Add records a candidate.
func (t *Trace) Add(field, value, from string, score float64) {
	if t != nil && value != "" {
		t.Candidates = append(t.Candidates, Candidate{field, value, from, score})
	}
}

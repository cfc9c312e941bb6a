package article

// Optional returns a pointer to s for a field that is null if there is nothing,
// nil if s is empty.
func Optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Value returns *s, or "" if s is nil.
func Value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

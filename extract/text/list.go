package text

// AppendNew appends s unless the list already contains it.
func AppendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

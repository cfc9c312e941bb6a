package ledger

import "testing"

// BenchmarkRecord writes, reads and folds a record.
func BenchmarkRecord(b *testing.B) {
	r := full
	r.Detail, r.Memory, r.Changed = "", nil, nil
	line := r.AppendJSON(nil)
	b.Run("AppendJSON", func(b *testing.B) {
		buf := make([]byte, 0, 2*len(line))
		for b.Loop() {
			buf = r.AppendJSON(buf[:0])
		}
	})
	b.Run("Decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := Decode(line); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Apply", func(b *testing.B) {
		var s State
		for b.Loop() {
			r.Seq++
			s.Apply(r)
		}
	})
}

package audit

import "encoding/json"

// MarshalJSON writes the delay in seconds.
func (r Robots) MarshalJSON() ([]byte, error) {
	type plain Robots
	return json.Marshal(struct {
		plain
		Delay float64 `json:"crawl_delay_seconds"`
	}{plain(r), r.Delay.Seconds()})
}

// MarshalJSON writes the intervals in seconds.
func (p Pace) MarshalJSON() ([]byte, error) {
	type plain Pace
	return json.Marshal(struct {
		plain
		Required float64 `json:"required_seconds"`
		Shortest float64 `json:"shortest_seconds"`
		Median   float64 `json:"median_seconds"`
	}{plain(p), p.Required.Seconds(), p.Shortest.Seconds(), p.Median.Seconds()})
}

// MarshalJSON writes the time in seconds.
func (i Interval) MarshalJSON() ([]byte, error) {
	type plain Interval
	return json.Marshal(struct {
		plain
		Time float64 `json:"seconds"`
	}{plain(i), i.Time.Seconds()})
}

// MarshalJSON writes the times in seconds.
func (w Wait) MarshalJSON() ([]byte, error) {
	type plain Wait
	return json.Marshal(struct {
		plain
		Asked float64 `json:"asked_seconds"`
		Early float64 `json:"early_seconds,omitempty"`
	}{plain(w), w.Asked.Seconds(), w.Early.Seconds()})
}

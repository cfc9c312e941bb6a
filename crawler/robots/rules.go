package robots

import "time"

// Rules are what one robots.txt asks of one user agent. The zero value allows everything.
type Rules struct{ of *rules }

// RulesOf reads the rules of a robots.txt for a user agent's product token, such as
// "pressmark".
func RulesOf(body []byte, agent string) Rules { return Rules{parse(body).forAgent(agent)} }

// Delay is the Crawl-delay, the longest if there are several; 0 means none.
func (r Rules) Delay() time.Duration {
	if r.of == nil {
		return 0
	}
	return r.of.Delay
}

// Test reports whether the rules allow a target, which is a URL's path and query as they
// are sent. rule is the line that decided, "" if none applies.
func (r Rules) Test(target string) (allowed bool, rule string) {
	if r.of == nil {
		return true, ""
	}
	return r.of.test(target)
}

// Package apps has invented news sites that show nothing without their scripts: in the
// manner of React, Vue and Next, which it does without, and pages that misbehave in a
// browser. They are for tests of what the crawl does with them.
package apps

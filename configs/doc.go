// Package configs reads the configuration of news sites from YAML.
//
// One file describes one [Site]: its name and hosts, its sources, the delay between
// requests and, for pages that the extractor misreads, CSS rules. README.md in this
// directory documents every key; sites/ holds the sites that are built into the program
// ([Builtin]).
//
// [Load] is strict: it refuses unknown keys, selectors that do not compile, unknown time
// zones and overlapping date ranges. It reports all mistakes of all files at once, each
// as an [*Error] with file, line, column, problem and fix. If there is one mistake, Load
// returns no site, so that a crawl never runs on part of a configuration.
//
// A loaded Site is ready to use: selectors and patterns are compiled, zones are loaded,
// rules are sorted. The package reads files only; it knows neither HTTP nor storage.
package configs

// Package configs holds what a news site is and reads it from YAML.
//
// One file describes one [Site]: its name and hosts, where its articles are
// found, how politely it is to be treated and, where the extractor needs help,
// CSS rules for reading its pages. README.md in this directory documents every
// key; sites/ holds the sites that are built into the program ([Builtin]).
//
// [Load] is strict: an unknown key, a selector that does not compile, a zone
// that does not exist, a date range that overlaps another are all refused, and
// every mistake of every file is reported at once, each as an [*Error] with
// file, line, column, what is wrong and what to do. A set of sites with one
// mistake is refused as a whole, so that a crawl never runs on half of what its
// operator wrote.
//
// What comes out of Load is ready to use: selectors and patterns are compiled,
// zones are loaded, rules are sorted. The package reads files and nothing else;
// it does not know HTTP, storage or HTML.
package configs

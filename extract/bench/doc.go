// Package bench compares what extraction costs with html.Parse alone and with
// other extractors, over the same pages in the same run. It is a module of its
// own, so that these never become dependencies of the program.
//
//	go test -bench . -benchtime 5x -cpu 1
//
// Pages are those of the invented news sites, or all *.html and *.html.gz
// files below the folder that PRESSMARK_PAGES names.
package bench

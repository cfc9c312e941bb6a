// Package charset turns the bytes of a page or a feed into UTF-8.
//
// Declarations of news pages are often wrong: templates move from GBK to UTF-8 and
// keep the old meta element, servers add one charset to every response, declarations
// stand after kilobytes of scripts. [Decode] therefore looks at the bytes before it
// believes a declaration, in this order:
//
//  1. A byte order mark. Nothing else begins with one by chance.
//  2. The escape sequences of ISO-2022-JP. Nothing else has them.
//  3. The whole body is valid UTF-8. Legacy text of more than a few characters
//     never is, the test costs about a hundredth of a parse, and it makes every
//     false declaration on a UTF-8 page harmless. The exception is a page with a
//     few ideographs whose bytes are valid UTF-8 by accident, under a declaration
//     that says so (see disguise.go).
//  4. The body is nearly valid UTF-8: cut in the middle of a character, or with
//     a snippet of another encoding included. Such a page is still UTF-8.
//  5. The charset of the Content-Type header, then that of a meta element in the
//     first 16 KB, then that of the XML declaration: the order of the HTML
//     standard, but for the 1,024 bytes where it stops looking. A declaration
//     that decodes the page without a fault is believed. It is overruled only
//     where there is text enough (see choose.go) that reads like no language under
//     it and reads well under another encoding; it is passed over where it breaks
//     more than 2 % of the non-ASCII characters.
//  6. How common the characters are that each encoding would give (see languages.go),
//     on a sample of the stretches of the page that are not ASCII.
//  7. The statistical detector of ICU, where the text is too short for that.
//
// gb2312 and gbk mean gb18030, iso-8859-1 means windows-1252, and big5-hkscs
// means big5 with the Hong Kong characters, as the WHATWG Encoding Standard has it.
package charset

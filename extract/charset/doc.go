// Package charset turns the bytes of a page or a feed into UTF-8.
//
// News pages lie about their encoding more often than they tell it wrong by
// accident: templates move from GBK to UTF-8 and keep the old meta element,
// servers add one charset to every answer, declarations stand after kilobytes
// of scripts. [Decode] therefore believes the bytes before it believes any
// declaration, in this order:
//
//  1. A byte order mark. Nothing else begins with one by chance.
//  2. The whole body is valid UTF-8. Legacy text of more than a few characters
//     never is, the test costs about a hundredth of a parse, and it makes every
//     false declaration on a UTF-8 page harmless.
//  3. The body is nearly valid UTF-8: cut in the middle of a character, or with
//     a snippet of another encoding included. Such a page is still UTF-8.
//  4. The charset of the Content-Type header, then that of a meta element in the
//     first 16 KB, then that of the XML declaration: the order of the HTML
//     standard, but for the 1,024 bytes where it stops looking. A declaration is
//     not taken when it breaks more than 2 % of the non-ASCII characters, nor
//     when what it gives reads like no language while another encoding reads well.
//  5. How common the characters are that each encoding would give (see languages.go).
//  6. The statistical detector of ICU, where the text is too short for that.
//
// gb2312 and gbk mean gb18030, iso-8859-1 means windows-1252, and big5-hkscs
// means big5 with the Hong Kong characters, as the WHATWG Encoding Standard has it.
package charset

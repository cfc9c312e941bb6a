// Package credits parses the lines in which pages name who made an article. It works on
// text alone; package byline knows where on a page a line stands.
//
//   - [Parse] reads a line of labelled credits in any script: "来源：… 作者：… 编辑：…",
//     "By Jane Doe and John Roe", "Autor: …", "Текст: …".
//   - [Dateline] reads the reporter named in the first words of a Chinese report:
//     "本报讯（记者 …）", "〔記者…／台北報導〕".
//   - [Imprint] reads the brackets with medium, time and editor that begin a text.
//   - [Tail] reads the credit in brackets at the end of a paragraph: "（记者…）", "（编辑 …）".
//   - [WesternTail] reads "(Reporting by Jane Doe; editing by John Roe)" in the same place.
//   - [Alone] reads a line of nothing but Chinese names, [WithDegrees] a line of people with
//     their degrees. [Person] and [PersonLike] report whether a text in Latin letters is a
//     person's name.
//   - [Names] splits a value into names; [Clean] normalizes one name.
//
// Roles are kept apart: source, authors, editors, photographers, translators,
// contributors, agencies. Other roles (proof-reader, supervisor) are parsed and dropped,
// so that their names do not end up in a role that is kept.
package credits

// Package credits reads who made an article out of the lines in which pages
// say so. It works on text alone; where a line stands on the page is the
// caller's business.
//
//   - [Parse] reads a line of labelled credits in any script: "来源：… 作者：… 编辑：…",
//     "By Jane Doe and John Roe", "Autor: …", "Текст: …".
//   - [Dateline] reads the reporter whom the first words of a Chinese report
//     name: "本报讯（记者 …）", "〔記者…／台北報導〕".
//   - [Imprint] reads the brackets with medium, time and editor that begin a text.
//   - [Tail] reads the credit in brackets at the end of a paragraph: "（记者…）", "（编辑 …）".
//   - [WesternTail] reads "(Reporting by Jane Doe; editing by John Roe)" there.
//   - [Alone] reads a line that is nothing but Chinese names, [WithDegrees] one of
//     people and their degrees. [Person] and [PersonLike] grade a text in Latin letters.
//   - [Names] splits a value into names; [Clean] makes one name of a raw one.
//
// Roles are kept apart: source, authors, editors, photographers, translators,
// contributors, agencies. Other roles (proof-reader, supervisor) are read too, so
// that their names go nowhere.
package credits

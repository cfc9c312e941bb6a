package weburl

import "net/url"

// Resolve returns the normal form of a link as it stands on a page in UTF-8 whose base
// address (the page's own, or its <base href>) is base (WHATWG URL standard). An empty
// link and a bare fragment mean the base itself. base must be absolute; with nil the
// link must be. The error is an [*Error]; errors.Is(err, ErrScheme) finds links that
// lead to no page (javascript:, mailto:, data:, tel:).
func Resolve(base *url.URL, ref string) (string, error) { return ResolveIn(base, ref, "") }

// ResolveIn is Resolve for a page in any encoding: the query of a link is sent in the
// encoding of the page that it stands on, everything else in UTF-8 (URL standard, "query
// state"; HTML standard, "encoding-parse a URL"). encoding is a WHATWG name, as package
// charset returns it; an unknown one and "" mean UTF-8.
func ResolveIn(base *url.URL, ref, encoding string) (string, error) {
	if normal, ok := asItStands(base, ref); ok {
		return normal, nil
	}
	s := encodedQuery(clean(ref), encoding)
	if normal, ok := shortCut(s); ok {
		return normal, nil
	}
	absolute := base != nil && base.Scheme != "" && base.Host != ""
	if absolute {
		if joined, ok := join(base, s); ok {
			if normal, ok := shortCut(joined); ok {
				return normal, nil
			}
		}
	}
	if !absolute {
		if schemeLength(s) == 0 {
			if len(s) > MaxLength {
				return "", refuse(s, ErrTooLong)
			}
			return "", refuse(s, ErrNotAbsolute)
		}
		base = nil
	}
	u, err := read(base, s)
	if err != nil {
		return "", err
	}
	return written(u, s)
}

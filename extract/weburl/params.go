package weburl

import (
	"slices"
	"strings"
)

// normalPath escapes a path and drops the sessions in it: ";jsessionid=…" and the
// "(S(…))" segment of ASP.NET.
func normalPath(p string) string {
	p = escaping(p, false)
	if !strings.Contains(p, ";") && !strings.Contains(p, "/(") {
		return p
	}
	return withoutDots(withoutSessions(p))
}

// withoutDots resolves the dot segments that stand in a path once its sessions are
// dropped ("/a/..;jsessionid=1/b").
func withoutDots(p string) string {
	if !strings.Contains(p, "/.") {
		return p
	}
	u, err := reader.Parse("http://host" + p)
	if err != nil {
		return p
	}
	return u.Pathname()
}

// withoutSessions drops the sessions in an escaped path.
func withoutSessions(p string) string {
	segments := strings.Split(p, "/")
	kept := segments[:0]
	for i, s := range segments {
		s = withoutSession(s)
		if i > 0 && aspSession(s) {
			if i == len(segments)-1 { // the folder that held the session stays a folder
				kept = append(kept, "")
			}
			continue
		}
		kept = append(kept, s)
	}
	return strings.Join(kept, "/")
}

// withoutSession drops the path parameters (RFC 3986, section 3.3) of a segment
// that carry a session.
func withoutSession(segment string) string {
	if !strings.Contains(segment, ";") {
		return segment
	}
	params := strings.Split(segment, ";")
	kept := params[:1]
	for _, p := range params[1:] {
		key, _, _ := strings.Cut(p, "=")
		if !strings.EqualFold(key, "jsessionid") && !strings.EqualFold(key, "phpsessid") {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ";")
}

// aspSession matches "(S(lit3py55t21z5v55vlm25s55))".
func aspSession(segment string) bool {
	const idLength = 24
	if len(segment) != idLength+5 || !strings.EqualFold(segment[:3], "(s(") || segment[idLength+3:] != "))" {
		return false
	}
	for _, c := range []byte(segment[3 : idLength+3]) {
		if !asciiLetter(c) && !isDigit(c) {
			return false
		}
	}
	return true
}

// normalQuery escapes a query and drops empty, tracking and session parameters.
// What stays keeps its order.
func normalQuery(q string) string {
	if q == "" {
		return ""
	}
	var b strings.Builder
	for pair := range strings.SplitSeq(escaping(q, true), "&") {
		if pair == "" || dropped(pair) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pair)
	}
	return b.String()
}

// dropped reports whether an escaped "key=value" names no content: it only says
// the server who sent the reader, or who the reader is. A name is listed where it
// belongs to one known tool; names that some sites use for content ("from", "ref",
// "source", "sid") go only with the values that give a tool away.
func dropped(pair string) bool {
	key, value, _ := strings.Cut(pair, "=")
	key = strings.TrimPrefix(strings.TrimPrefix(key, "amp;"), "amp%3B") // "&amp;" escaped twice
	const longest = 32
	if len(key) < 3 || len(key) > longest {
		return false
	}
	var lower [longest]byte
	for i := 0; i < len(key); i++ {
		c := key[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	k := lower[:len(key)]
	for _, prefix := range trackingPrefixes {
		if len(k) > len(prefix) && string(k[:len(prefix)]) == prefix {
			return true
		}
	}
	switch string(k) {
	case "from": // added by WeChat when a page is shared
		return value == "singlemessage" || value == "timeline" || value == "groupmessage"
	case "share": // buttons of WordPress: they lead off the site, or to a form
		return slices.Contains(shareTargets, strings.TrimPrefix(value, "jetpack-"))
	case "ref_src":
		return strings.HasPrefix(value, "twsrc")
	case "sid", "s_id", "session", "sessionid", "session_id":
		return longHex(value)
	}
	return tracking[string(k)]
}

// longHex reports whether a value is a session hash: 32 or more hexadecimal digits.
func longHex(v string) bool {
	if len(v) < 32 {
		return false
	}
	for i := 0; i < len(v); i++ {
		if unhex(v[i]) < 0 {
			return false
		}
	}
	return true
}

// shareTargets are the values of "share" that name a network.
var shareTargets = []string{"facebook", "twitter", "x", "linkedin", "reddit", "tumblr", "pinterest", "pocket", "telegram",
	"whatsapp", "skype", "email", "print", "mastodon", "bluesky", "threads", "nextdoor", "google-plus-1", "press-this"}

// trackingPrefixes are families of campaign parameters: Google and most others,
// links inside one site, Matomo, HubSpot ads, ASP sessions.
var trackingPrefixes = []string{"utm_", "itm_", "mtm_", "piwik_", "matomo_", "hsa_", "aspsessionid"}

// tracking holds parameters that are dropped whatever their value. "replytocom" and
// what follows it open forms of WordPress below the same article, or do something to a
// comment, which a crawler must not.
var tracking = keys(`
	fbclid fb_action_ids fb_action_types fb_source fb_ref mibextid sfnsn igshid igsh
	action_object_map action_type_map action_ref_map
	gclid gclsrc dclid gbraid wbraid srsltid _ga _gl _gac usqp amp_js_v amp_gsa
	msclkid yclid ysclid _openstat twclid __twitter_impression ttclid epik rdt_cid scid_click li_fat_id
	mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking
	oly_anon_id oly_enc_id vero_id vero_conv wickedid ml_subscriber ml_subscriber_hash _bhlid
	pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid
	wt_mc wt.mc_id wt_zmc xtor s_kwcid sscid irclickid ef_id
	ocid at_medium at_campaign at_campaign_type at_custom1 at_custom2 at_custom3 at_custom4 at_link_id
	at_link_origin at_link_type at_format at_ptr_name at_bbc_team ns_mchannel ns_source ns_campaign ns_linkname ns_fee
	intcmp intcid tpcc
	guccounter guce_referrer guce_referrer_sig soc_src soc_trk
	spm spm_id_from vd_source tdsourcetag bd_vid qz_gdt gdt_vid nsukey isappinstalled
	replytocom like_comment _wpnonce
	phpsessid jsessionid cfid cftoken oscsid zenid
`)

func keys(list string) map[string]bool {
	set := make(map[string]bool)
	for _, k := range strings.Fields(list) {
		set[k] = true
	}
	return set
}

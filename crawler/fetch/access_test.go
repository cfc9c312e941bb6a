package fetch_test

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pressmark/crawler/fetch"
)

// secretFields are credentials of all kinds.
func secretFields() http.Header {
	return http.Header{
		"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte("archive:hunter2-hunter2"))},
		"Cookie":        {"member=cookie-secret-1"},
		"X-Archive-Key": {"header-secret-1"},
	}
}

// shows reports whether a text holds a credential.
func shows(text string) bool {
	for _, secret := range []string{"hunter2", "cookie-secret", "header-secret", "session-secret", secretFields().Get("Authorization")[6:]} {
		if strings.Contains(text, secret) {
			return true
		}
	}
	return false
}

// atName is a server's address under a name.
func atName(name string, s *httptest.Server) string {
	return fmt.Sprintf("http://%s:%d", name, s.Listener.Addr().(*net.TCPAddr).Port)
}

// TestCredentials: they go to the site's hosts on every hop, robots.txt included, to no
// other, and captures have none of them.
func TestCredentials(t *testing.T) {
	type got struct{ auth, cookie, key string }
	note := func(into map[string]got, then http.HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			into[r.URL.Path] = got{r.Header.Get("Authorization"), r.Header.Get("Cookie"), r.Header.Get("X-Archive-Key")}
			then(w, r)
		})
	}
	atOwn, atOther := map[string]got{}, map[string]got{}
	other := httptest.NewServer(note(atOther, text("elsewhere")))
	t.Cleanup(other.Close)
	own := httptest.NewServer(note(atOwn, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/out":
			http.Redirect(w, r, atName("other.example", other)+"/landed", http.StatusFound)
		case "/in":
			http.Redirect(w, r, "/page", http.StatusFound)
		default:
			w.Header().Set("Set-Cookie", "sid=session-secret; Path=/")
			text("the page")(w, r)
		}
	}))
	t.Cleanup(own.Close)
	base := atName("own.example", own)
	host := strings.TrimPrefix(base, "http://")
	covers := func(h string) bool { return h == host }
	access := &fetch.Access{UserAgent: "County Archive/1", Credentials: fetch.NewCredentials(secretFields(), covers, true)}
	c := client(t, named)
	for _, path := range []string{"/in", "/out"} {
		r := must(t, c, fetch.Request{URL: base + path, Record: true, Cookies: true, Access: access, Header: http.Header{"Accept-Language": {"en"}}})
		for _, hop := range r.Hops {
			if text := string(hop.RequestHead) + string(hop.ResponseHead); shows(text) || !strings.Contains(text, "County Archive/1") {
				t.Errorf("captured:\n%s", text)
			}
		}
	}
	whole := secretFields()
	for _, path := range []string{"/robots.txt", "/in", "/page", "/out"} {
		if g := atOwn[path]; g.auth != whole.Get("Authorization") || !strings.Contains(g.cookie, whole.Get("Cookie")) || g.key != whole.Get("X-Archive-Key") {
			t.Errorf("%s came with %+v", path, g)
		}
	}
	if g := atOwn["/out"]; g.cookie != "sid=session-secret; member=cookie-secret-1" {
		t.Errorf("cookies of the site and of its owner: %q", g.cookie)
	}
	for path, g := range atOther {
		if g != (got{}) {
			t.Errorf("the other host got %+v with %s", g, path)
		}
	}
	if len(atOther) == 0 {
		t.Error("the redirect was not followed")
	}
	timid := &fetch.Access{Credentials: fetch.NewCredentials(secretFields(), covers, false)}
	must(t, c, fetch.Request{URL: base + "/plain", Access: timid})
	if g := atOwn["/plain"]; g.auth != "" || g.key != "" || strings.Contains(g.cookie, "member") {
		t.Errorf("without TLS came %+v", g)
	}
}

// TestCredentialsEchoed: an answer that repeats a credential is not kept, and a redirect
// that does is not followed.
func TestCredentialsEchoed(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{
		"/debug": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped(fmt.Sprint(r.Header)))
		},
		"/login": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/page?key="+r.Header.Get("X-Archive-Key"), http.StatusFound)
		},
		"/page": text("page"),
	})
	access := &fetch.Access{Credentials: fetch.NewCredentials(secretFields(), func(string) bool { return true }, true)}
	for _, path := range []string{"/debug", "/login"} {
		r, err := client(t).Get(t.Context(), fetch.Request{URL: url + path, Record: true, Access: access})
		if fetch.Code(err) != fetch.CodeCredentialEchoed || shows(err.Error()) {
			t.Errorf("%s: %v", path, err)
		}
		if r != nil && (shows(fmt.Sprintf("%s %v %v", r.Body, r.Header, r.Hops)) || len(r.Hops) > 0) {
			t.Errorf("%s: kept %+v", path, r)
		}
	}
	if strings.Contains(seen.list(), "/page") {
		t.Errorf("asked for %s", seen.list())
	}
}

package render_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pressmark/crawler/render"
	"pressmark/crawler/render/rendertest"
)

// doors are servers that nothing may reach: everything that comes is noted.
type doors struct {
	tcp net.Listener
	udp net.PacketConn
	mu  sync.Mutex
	saw []string
}

func openDoors(t *testing.T) *doors {
	t.Helper()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	udp, err := net.ListenPacket("udp", tcp.Addr().String()) // HTTP/3 stands on the same port
	if err != nil {
		t.Fatal(err)
	}
	d := &doors{tcp: tcp, udp: udp}
	t.Cleanup(func() { tcp.Close(); udp.Close() })
	go func() {
		for {
			c, err := tcp.Accept()
			if err != nil {
				return
			}
			d.note("tcp", c)
		}
	}()
	go func() {
		buf := make([]byte, 2000)
		for {
			n, from, err := udp.ReadFrom(buf)
			if err != nil {
				return
			}
			d.mu.Lock()
			d.saw = append(d.saw, fmt.Sprintf("udp from %v: %q", from, buf[:n]))
			d.mu.Unlock()
		}
	}()
	return d
}

func (d *doors) note(kind string, c net.Conn) {
	defer c.Close()
	buf := make([]byte, 200)
	n, _ := c.Read(buf)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.saw = append(d.saw, fmt.Sprintf("%s from %v: %q", kind, c.RemoteAddr(), buf[:n]))
}

// leaky is a page that tries every way out that a browser has. DOOR is the address of
// the doors.
const leaky = `<!doctype html><html><head><title>Herald</title>
<link rel=dns-prefetch href=//one.leak.test><link rel=preconnect href=//DOOR><link rel=preconnect href=//two.leak.test>
<link rel=prefetch href=http://DOOR/prefetch><link rel=prerender href=http://DOOR/prerender><link rel=preload as=font crossorigin href=http://DOOR/font.woff2>
<link rel=manifest href=http://DOOR/manifest><link rel=icon href=http://DOOR/icon.png><link rel=modulepreload href=http://DOOR/module.mjs>
<script type=speculationrules>{"prefetch":[{"urls":["http://DOOR/speculative"]}],"prerender":[{"urls":["/speculative.html"]}]}</script>
<style>@import url(http://DOOR/import.css); @font-face { font-family: x; src: url(http://DOOR/x.woff2) } body { font-family: x; background: url(http://DOOR/back.png) }</style>
</head><body><div id=root></div>
<img src=http://DOOR/pixel.gif><img srcset="http://three.leak.test/a.png 2x"><video src=http://DOOR/film.mp4 autoplay muted></video><audio src=http://DOOR/a.mp3 autoplay></audio>
<iframe src=http://DOOR/frame.html></iframe><iframe srcdoc="<script>fetch('http://DOOR/from-srcdoc'); new WebSocket('ws://DOOR/srcdoc')</script>"></iframe>
<object data=http://DOOR/object></object><embed src=http://DOOR/embed>
<a id=pinged href="#here" ping=http://DOOR/ping>x</a><form id=f method=post action=http://DOOR/form target=_blank><input name=a value=b></form><form id=g method=post action=http://DOOR/form2><input name=a value=b></form>
<script>
const tries = {
  beacon: () => navigator.sendBeacon('http://DOOR/beacon', 'x'),
  ping: () => pinged.click(),
  form: () => f.submit(),
  socket: () => new WebSocket('ws://DOOR/ws'), secure: () => new WebSocket('wss://DOOR/wss'), named: () => new WebSocket('ws://four.leak.test/ws'),
  events: () => new EventSource('http://DOOR/events'),
  worker: () => new Worker(URL.createObjectURL(new Blob(["fetch('http://DOOR/worker').catch(() => {}); new WebSocket('ws://DOOR/worker'); importScripts('http://DOOR/imported.js')"]))),
  file: () => new Worker('/worker.js'), shared: () => new SharedWorker('/worker.js'),
  service: () => navigator.serviceWorker.register('/service.js').then(r => r.update()),
  keepalive: () => fetch('http://DOOR/keepalive', {method: 'POST', body: 'x', keepalive: true, mode: 'no-cors'}).catch(() => {}),
  later: () => window.fetchLater && fetchLater('http://DOOR/later', {activateAfter: 0}),
  transport: () => new WebTransport('https://DOOR/h3').closed.catch(() => {}),
  rtc: async () => {
    const c = new RTCPeerConnection({iceServers: [{urls: 'stun:DOOR'}, {urls: 'turn:DOOR?transport=udp', username: 'a', credential: 'b'}, {urls: 'turn:DOOR?transport=tcp', username: 'a', credential: 'b'}, {urls: 'stun:five.leak.test:3478'}]})
    c.createDataChannel('x'); await c.setLocalDescription(await c.createOffer())
  },
  open: () => window.open('http://DOOR/window'),
  report: () => { throw new Error('reported') },
  image: () => new Image().src = 'http://DOOR/new-image.gif',
  sheet: () => document.adoptedStyleSheets.push(Object.assign(new CSSStyleSheet(), {})),
  unload: () => addEventListener('pagehide', () => navigator.sendBeacon('http://DOOR/pagehide', 'x')),
  module: () => import('http://DOOR/dynamic.mjs').catch(() => {}),
  form2: () => setTimeout(() => g.submit(), 300),
}
for (const name in tries) { try { Promise.resolve(tries[name]()).catch(() => {}) } catch { /* next */ } }
fetch('/allowed.json').then(r => r.json()).then(a => { root.innerHTML = '<article><h1>Open</h1><p>' + a.text + '</p></article>' })
</script></body></html>`

// TestRenderLeaks: whatever a page tries, its browser asks nobody. What comes to servers
// comes from the fetcher, which is told of it first; the browser's own record of its
// network has no connection, no packet and no look-up of a name.
func TestRenderLeaks(t *testing.T) {
	t.Run("as it is", func(t *testing.T) { leak(t, nil) })
	t.Run("without its flags", func(t *testing.T) { // what the page tries does go out, and is seen
		leak(t, []string{"proxy-server=direct://", "host-resolver-rules=MAP *.leak.test 127.0.0.1", "force-webrtc-ip-handling-policy=default", "webrtc-ip-handling-policy=default"})
	})
}

// leak shows the leaky page; more are flags that let it out.
func leak(t *testing.T, more []string) {
	t.Helper()
	d := openDoors(t)
	at := d.tcp.Addr().String()
	files := map[string]string{"/allowed.json": `{"text":"The only answer."}`, "/worker.js": "fetch('http://" + at + "/from-worker')", "/service.js": "self.addEventListener('install', () => fetch('http://" + at + "/service'))",
		"/": strings.ReplaceAll(leaky, "DOOR", at)}
	s := newSite(t, files)
	netlog := filepath.Join(t.TempDir(), "net.json")
	r := render.New(render.Options{Path: rendertest.Chromium(t), Flags: append(more, "log-net-log="+netlog, "net-log-capture-mode=Everything")})
	defer r.Close()
	c := &client{refuses: at}
	p := open(t, c, s.URL+"/")
	p.Header.Set("Alt-Svc", `h3="`+at+`"; ma=3600`)
	p.Header.Set("Reporting-Endpoints", `default="http://`+at+`/reports"`)
	p.Header.Set("Report-To", `{"group":"default","max_age":1000,"endpoints":[{"url":"http://`+at+`/reports"}]}`)
	p.Header.Set("NEL", `{"report_to":"default","max_age":1000,"success_fraction":1}`)
	p.Header.Set("Content-Security-Policy-Report-Only", "default-src 'none'; report-uri http://"+at+"/csp; report-to default")
	p.Header.Set("Link", "<http://"+at+"/early.css>; rel=preload; as=style")
	res, err := r.Render(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(res.HTML), "The only answer.") {
		t.Errorf("%s", res.HTML)
	}
	t.Logf("refused: %v; the fetcher was asked for %q", res.Refused, c.made)
	r.Close()
	d.mu.Lock()
	defer d.mu.Unlock()
	if more != nil {
		seen := strings.Join(d.saw, "\n")
		if !strings.Contains(seen, "GET /ws ") || !strings.Contains(seen, "udp from") {
			t.Errorf("nothing came of WebSocket or WebRTC, so that the test shows nothing: %s", seen)
		}
		return
	}
	for _, saw := range d.saw {
		t.Errorf("%s", saw)
	}
	if asked := s.asked(); len(asked) != len(c.madeAt(s.URL)) {
		t.Errorf("the server was asked for %q, by the fetcher %q", asked, c.made)
	}
	checkNetLog(t, netlog)
}

// checkNetLog reads Chromium's record of its network.
func checkNetLog(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(data, []byte("\n"))
	var log struct {
		Constants struct {
			Types map[string]int `json:"logEventTypes"`
		} `json:"constants"`
	}
	if err := json.Unmarshal(append(bytes.TrimRight(head, ","), '}'), &log); err != nil || len(log.Constants.Types) == 0 {
		t.Fatalf("%v: %.200s", err, head)
	}
	names := map[int]string{}
	for name, n := range log.Constants.Types {
		names[n] = name
	}
	// A socket of UDP that is bound or connected has sent nothing.
	events, forbidden := 0, map[string]bool{"UDP_BYTES_SENT": true, "DNS_TRANSACTION": true, "DNS_TRANSACTION_ATTEMPT": true,
		"HOST_RESOLVER_SYSTEM_TASK": true, "HOST_RESOLVER_DNS_TASK": true, "QUIC_SESSION": true, "SOCKET_BYTES_SENT": true}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for lines.Scan() {
		var e struct {
			Type   int             `json:"type"`
			Params json.RawMessage `json:"params"`
		}
		if json.Unmarshal(bytes.TrimRight(lines.Bytes(), ",]}"), &e) != nil && json.Unmarshal(bytes.TrimRight(lines.Bytes(), ","), &e) != nil {
			continue
		}
		events++
		name := names[e.Type]
		toProxy := strings.HasPrefix(name, "TCP_CONNECT") && (bytes.Contains(e.Params, []byte("127.0.0.1:9\"")) || !bytes.Contains(e.Params, []byte("address")))
		if forbidden[name] || strings.HasPrefix(name, "TCP_CONNECT") && !toProxy {
			t.Errorf("%s %s", name, e.Params)
		}
	}
	if events < 50 {
		t.Errorf("%d events in the record of the network", events)
	}
}

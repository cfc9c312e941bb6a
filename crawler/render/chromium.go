package render

import (
	"errors"
	"fmt"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// ErrNoBrowser reports that no Chromium was found.
var ErrNoBrowser = errors.New("no Chromium found: install chromium (Debian: apt-get install chromium), or name the program")

// programs are the names by which Chromium and its relatives are installed.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell"}

// Find returns the path of an installed Chromium, searched for in $PATH. The error
// is ErrNoBrowser.
func Find() (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

// nowhere is a proxy that does not exist: port 9 of the loopback address (discard).
const nowhere = "http://127.0.0.1:9"

// flags are those of the process, in the order in which they are given. On top of
// them come the profile's folder and the pipe to us.
func flags(o *Options) []chromedp.ExecAllocatorOption {
	type flag struct {
		name  string
		value any
	}
	list := []flag{
		{"headless", true},
		{"disable-gpu", true},
		{"hide-scrollbars", true},
		{"mute-audio", true},
		{"no-first-run", true},
		{"no-default-browser-check", true},
		{"disable-extensions", true},
		{"disable-default-apps", true},
		{"disable-breakpad", true},
		{"disable-crash-reporter", true},
		{"disable-dev-shm-usage", true},
		{"disable-hang-monitor", true},
		{"disable-popup-blocking", true},
		{"disable-prompt-on-repost", true},
		{"disable-renderer-backgrounding", true},
		{"disable-background-timer-throttling", true},
		{"disable-backgrounding-occluded-windows", true},
		{"disable-notifications", true},
		{"noerrdialogs", true},
		{"password-store", "basic"},
		{"use-mock-keychain", true},
		// Frames of other sites share the page's process: they are not loaded anyway.
		{"disable-site-isolation-trials", true},
		// Nothing leaves by the browser's own network stack.
		{"proxy-server", nowhere},
		{"proxy-bypass-list", "<-loopback>"}, // or loopback addresses would be reached without the proxy
		{"host-resolver-rules", "MAP * ~NOTFOUND"},
		{"dns-prefetch-disable", true},
		{"disable-quic", true},
		{"disable-background-networking", true},
		{"disable-component-update", true},
		{"disable-client-side-phishing-detection", true},
		{"disable-domain-reliability", true},
		{"disable-sync", true},
		{"metrics-recording-only", true},
		{"safebrowsing-disable-auto-update", true},
		{"no-pings", true},
		{"force-webrtc-ip-handling-policy", "disable_non_proxied_udp"},
		{"webrtc-ip-handling-policy", "disable_non_proxied_udp"},
		{"disable-features", "AcceptCHFrame,AutofillServerCommunication,BackForwardCache,CertificateTransparencyComponentUpdater," +
			"DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,HttpsFirstBalancedMode,InterestFeedContentSuggestions," +
			"IsolateOrigins,LocalNetworkAccessChecks,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,Prerender2," +
			"PrivacySandboxSettings4,SitePerProcess,Translate,WebRtcHideLocalIpsWithMdns"},
		{"js-flags", fmt.Sprintf("--max-old-space-size=%d", o.Limits.Heap>>20)},
	}
	var out []chromedp.ExecAllocatorOption
	for _, f := range list {
		out = append(out, chromedp.Flag(f.name, f.value))
	}
	return out
}

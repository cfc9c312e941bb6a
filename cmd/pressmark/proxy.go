package main

import (
	"errors"
	"strings"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/proxy"
)

const proxyUsage = "send all requests through this proxy, where a site's file names none: http://, https://, socks5:// (names are resolved here) or socks5h://host:port, " +
	"or environment; give one with a password in $PRESSMARK_PROXY"

// proxyFlag is the value of --proxy. It shows itself without password, and is read by
// check: the messages of a flag that cannot be set repeat its value.
type proxyFlag struct {
	text string
	read proxy.Setting // of check
}

// Set implements pflag.Value.
func (p *proxyFlag) Set(text string) error {
	p.text = strings.TrimSpace(text)
	return nil
}

// String implements pflag.Value.
func (p *proxyFlag) String() string { return proxy.Redact(p.text) }

// Type implements pflag.Value.
func (p *proxyFlag) Type() string { return "proxy" }

// check reads the flag.
func (p *proxyFlag) check() error {
	var err error
	if p.read, err = proxy.Parse(p.text); err != nil {
		return misuse("--proxy: %w", err)
	}
	return nil
}

// lookForSecrets fails for sites of which a secret cannot be had here: a crawl that asks
// without it would take the site for one that has nothing.
func lookForSecrets(plans []crawler.Plan) error {
	var missing []error
	for i := range plans {
		missing = append(missing, plans[i].Site.Missing()...)
	}
	if len(missing) == 0 {
		return nil
	}
	return misuse("%w", errors.Join(missing...))
}

// warnOfSecrets returns a line for each secret of the sites that cannot be had here.
func warnOfSecrets(sites []configs.Site) []string {
	var lines []string
	for i := range sites {
		for _, err := range sites[i].Missing() {
			lines = append(lines, err.Error())
		}
	}
	return lines
}

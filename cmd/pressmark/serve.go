package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/storage/certificate"
	"pressmark/storage/reader"
	"pressmark/storage/search"
)

type serveFlags struct {
	indexFlags
	addr string
	open bool
}

func newServe(a *app) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [DEST]",
		Short: "Read, search and compare an archive in a browser",
		Long: "Serve shows an archive as web pages on this machine: search, articles with pictures, the pages as they were captured,\n" +
			"what changed, and what became of every URL. It only reads, and it follows an archive that grows. Ctrl-C ends it.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				f.from = args[0]
			}
			return f.run(cmd.Context(), a)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:7310", "address to listen on; port 0 takes a free one")
	cmd.Flags().BoolVar(&f.open, "open", false, "open a browser")
	return cmd
}

// serveTimes bound a slow or idle client.
const (
	headTime = 10 * time.Second
	idleTime = 2 * time.Minute
	stopTime = 5 * time.Second
)

// eraseTime is how often the index is cleared of what takedowns have left, if any.
const eraseTime = time.Minute

func (f *serveFlags) run(ctx context.Context, a *app) error {
	s, err := f.indexFlags.open(ctx, a)
	if err != nil {
		return err
	}
	defer s.close()
	follow := search.NewFollower(2*time.Second, a.now, func(ctx context.Context) error { return s.catchUp(ctx, a) })
	handler, err := reader.New(reader.Options{Name: f.from, Version: "pressmark " + version, Corpus: s.corpus, Index: s.index, Log: a.logger(false), CatchUp: follow.CatchUp,
		Certify: func(ctx context.Context, check bool) (certificate.Certificate, error) {
			return a.certify(ctx, s.archive, f.from, check, "pressmark serve "+f.from)
		}})
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", f.addr)
	if err != nil {
		return misuse("--addr %s: %w", f.addr, err)
	}
	address := "http://" + listener.Addr().String() + "/"
	n, err := s.index.Len(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "Reading %s: %d articles. %s (Ctrl-C ends it)\n", f.from, n, address)
	if f.open {
		if err := openBrowser(ctx, address); err != nil {
			fmt.Fprintf(a.stderr, "pressmark: no browser could be started (%v); open %s\n", err, address)
		}
	}
	erased := make(chan struct{})
	go func() {
		defer close(erased)
		s.eraseEvery(ctx, eraseTime, a.logger(false))
	}()
	defer func() { <-erased }()
	return serveUntil(ctx, listener, handler)
}

// eraseEvery clears the index of what takedowns have left in it, beside the requests,
// until ctx ends.
func (s *shelf) eraseEvery(ctx context.Context, every time.Duration, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.index.Erase(ctx); err != nil && ctx.Err() == nil {
				log.Warn("texts of removed articles not erased from the index; tried again later", "err", err)
			}
		}
	}
}

// serveUntil answers requests until ctx ends, then finishes those under way.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: headTime, IdleTimeout: idleTime}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// openBrowser starts the user's browser.
func openBrowser(ctx context.Context, address string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command[0], append(command[1:], address)...) //nolint:gosec // a fixed program and our own address
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	return cmd.Process.Release()
}

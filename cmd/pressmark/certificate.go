package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"pressmark/storage"
	"pressmark/storage/certificate"
)

// certify makes the certificate of an archive, with a check of everything or none.
func (a *app) certify(ctx context.Context, arch *archive, name string, check bool, command string) (certificate.Certificate, error) {
	o := certificate.Options{Archive: name, Program: "pressmark " + version, Command: command, Now: a.now()}
	if check {
		report, err := storage.Verify(ctx, arch.store, storage.Thorough(arch.validator.Validate))
		if err != nil {
			return certificate.Certificate{}, err
		}
		o.Report = &report
	}
	return certificate.Make(ctx, arch.store, o)
}

// writeCertificate writes the certificate of an archive that was checked into a file.
func (a *app) writeCertificate(ctx context.Context, arch *archive, name, file string, report storage.Report) error {
	c, err := certificate.Make(ctx, arch.store, certificate.Options{Archive: name, Program: "pressmark " + version,
		Command: "pressmark verify " + name + " --certify " + file, Now: a.now(), Report: &report})
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(body, '\n'), 0o644); err != nil { //nolint:gosec // to be handed on
		return misuse("--certify: %w", err)
	}
	fmt.Fprintf(a.stderr, "certificate in %s, sha256 %s\n", file, c.SHA256)
	return nil
}

// readCertificate reads a certificate's file.
func readCertificate(file string) (certificate.Certificate, error) {
	data, err := os.ReadFile(file) //nolint:gosec // named by the user
	if err != nil {
		return certificate.Certificate{}, misuse("--certificate: %w", err)
	}
	c, err := certificate.Parse(data)
	if err != nil {
		return c, misuse("--certificate %s: %w", file, err)
	}
	return c, nil
}

// checkCertificate compares an archive with a certificate and prints the result for
// each site. The error is errFailures if the archive no longer has the certified
// content.
func (a *app) checkCertificate(ctx context.Context, arch *archive, c certificate.Certificate, asJSON bool) error {
	found, err := certificate.Check(ctx, arch.store, c)
	if err != nil {
		return err
	}
	if asJSON {
		if err := writeJSON(a.stdout, found); err != nil {
			return err
		}
	}
	broken := 0
	for _, f := range found {
		word := "holds"
		if !f.Holds {
			word = "DOES NOT HOLD"
			broken++
		}
		if !asJSON {
			fmt.Fprintf(a.stdout, "%s: certificate of %s %s: %s\n", f.Site, c.Made, word, clean(f.Detail))
		}
	}
	if broken > 0 {
		return fmt.Errorf("%w: the certificate does not hold for %d of %d sites", errFailures, broken, len(found))
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/certificate"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	readFlags
	sites              []string
	certify, certified string // files of certificates: one to write, one to compare with
	repair             bool
}

func newVerify(a *app) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [DEST]",
		Short: "Check every article against its schema, hash, images, capture and log",
		Long: "Verify reads a whole archive and reports what is missing (named, but not there), altered (there, but not what is\n" +
			"named) or extra (there, but not named, as a killed crawl leaves it). The exit status is 1 when anything is.\n" +
			"With --certificate it also compares the sites' logs with a certificate that was made before.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				f.from = args[0]
			}
			return f.run(cmd.Context(), a)
		},
	}
	f.register(cmd)
	cmd.Flags().StringSliceVar(&f.sites, "site", nil, "only these sites")
	cmd.Flags().StringVar(&f.certify, "certify", "", "write a certificate of the archive into this file: counts, hashes of the logs, findings of verify")
	cmd.Flags().StringVar(&f.certified, "certificate", "", "check the archive against this certificate")
	cmd.Flags().BoolVar(&f.repair, "repair", false, "restore the revision that the log names if a killed crawl left another one (not while a crawl runs)")
	return cmd
}

func (f *verifyFlags) run(ctx context.Context, a *app) error {
	old, err := f.oldCertificate()
	if err != nil {
		return err
	}
	arch, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	_, none := sitesIn(ctx, arch, f.sites)
	if none != nil && len(f.sites) > 0 {
		return none
	}
	a.writing.Store(f.repair)
	checks := storage.Thorough(arch.validator.Validate)
	checks.Sites, checks.Repair = f.sites, f.repair
	report, err := storage.Verify(ctx, arch.store, checks)
	if err != nil {
		return errors.Join(err, a.printReport(report, f.json))
	}
	if none != nil && len(report.Problems) == 0 { // otherwise the report lists objects that no log names
		return none
	}
	failed := f.certificates(ctx, a, arch, old, report)
	return errors.Join(a.printReport(report, f.json), failed)
}

// oldCertificate reads the certificate that --certificate names, before anything is verified.
func (f *verifyFlags) oldCertificate() (old certificate.Certificate, err error) {
	if f.certified != "" {
		if old, err = readCertificate(f.certified); err != nil {
			return old, err
		}
	}
	if f.certify != "" && len(f.sites) > 0 {
		return old, misuse("--certify is of the whole archive: leave out --site")
	}
	return old, nil
}

// certificates compares the archive with one certificate and writes another, as the flags ask.
func (f *verifyFlags) certificates(ctx context.Context, a *app, arch *archive, old certificate.Certificate, report storage.Report) (failed error) {
	if f.certified != "" {
		failed = a.checkCertificate(ctx, arch, old, f.json)
	}
	if f.certify != "" {
		failed = errors.Join(failed, a.writeCertificate(ctx, arch, f.from, f.certify, report))
	}
	return failed
}

func (a *app) printReport(r storage.Report, asJSON bool) error {
	if asJSON {
		if err := writeJSON(a.stdout, r); err != nil {
			return err
		}
	} else {
		for _, p := range r.Problems {
			fmt.Fprintln(a.stdout, clean(p.String()))
		}
		removed := ""
		if r.Removed > 0 {
			removed = fmt.Sprintf(", %d removed", r.Removed)
		}
		fmt.Fprintf(a.stdout, "%s, %d log records, %s%s, %d earlier revisions, %d images, %d captures: %d problems\n",
			counted(r.Sites, "site"), r.Records, counted(r.Articles, "article"), removed, r.Revisions, r.Images, r.Captures, len(r.Problems))
	}
	if len(r.Problems) > 0 {
		return fmt.Errorf("%w: %d problems", errFailures, len(r.Problems))
	}
	return nil
}

package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/certificate"
)

func newVerify(a *app) *cobra.Command {
	var f readFlags
	var repair bool
	var sites []string
	var certify, certified string
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
			var old certificate.Certificate
			if certified != "" {
				var err error
				if old, err = readCertificate(certified); err != nil {
					return err
				}
			}
			if certify != "" && len(sites) > 0 {
				return misuse("--certify is of the whole archive: leave out --site")
			}
			arch, err := f.open(cmd.Context(), a)
			if err != nil {
				return err
			}
			_, none := sitesIn(cmd.Context(), arch, sites)
			if none != nil && len(sites) > 0 {
				return none
			}
			a.writing.Store(repair)
			checks := storage.Thorough(arch.validator.Validate)
			checks.Sites, checks.Repair = sites, repair
			report, err := storage.Verify(cmd.Context(), arch.store, checks)
			if err != nil {
				return errors.Join(err, a.printReport(report, f.json))
			}
			if none != nil && len(report.Problems) == 0 { // otherwise the report lists objects that no log names
				return none
			}
			var failed error
			if certified != "" {
				failed = a.checkCertificate(cmd.Context(), arch, old, f.json)
			}
			if certify != "" {
				failed = errors.Join(failed, a.writeCertificate(cmd.Context(), arch, f.from, certify, report))
			}
			return errors.Join(a.printReport(report, f.json), failed)
		},
	}
	f.register(cmd)
	cmd.Flags().StringSliceVar(&sites, "site", nil, "only these sites")
	cmd.Flags().StringVar(&certify, "certify", "", "write a certificate of the archive into this file: counts, hashes of the logs, findings of verify")
	cmd.Flags().StringVar(&certified, "certificate", "", "check the archive against this certificate")
	cmd.Flags().BoolVar(&repair, "repair", false, "restore the revision that the log names if a killed crawl left another one (not while a crawl runs)")
	return cmd
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

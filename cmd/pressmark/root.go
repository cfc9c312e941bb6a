package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "pressmark",
		Short:         "Crawl regional news sites and archive their articles",
		Long:          "Pressmark crawls regional news sites, turns article pages into normalized JSON, and archives\nJSON, images and raw captures in a folder or in S3-compatible storage.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.Version = version
	root.SetVersionTemplate("pressmark {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse("%w; see '%s --help'", err, cmd.CommandPath())
	})
	root.AddCommand(newArchive(a), newCrawl(a), newExtract(a), newSites(a), newDemo(a), newStatus(a), newLog(a), newCompact(a), newVerify(a), newVersion(a), newSchema(a),
		newSearch(a), newShow(a), newDiff(a), newCite(a), newExport(a), newServe(a), newConfig(a), newRemove(a), newRun(a), newMan(a), newReport(a))
	a.registerLogging(root)
	asMisuse(root)
	return root
}

// asMisuse makes wrong arguments of every command a misuse (exit status 2).
func asMisuse(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return misuse("%w; see '%s --help'", err, c.CommandPath())
			}
			return nil
		}
	}
	for _, c := range cmd.Commands() {
		asMisuse(c)
	}
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version, the commit and its date", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.stdout, "pressmark %s (%s%s, %s/%s)\n", version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// commit is the commit from which the program was built, and its date; "" if the
// build did not record it.
func commit() string {
	of := buildSettings()
	if of["vcs.revision"] == "" {
		return ""
	}
	text := "commit " + of["vcs.revision"][:min(12, len(of["vcs.revision"]))] + " of " + of["vcs.time"] + ", "
	if of["vcs.modified"] == "true" {
		text = "changed since " + text
	}
	return text
}

// buildSettings are what the build recorded, by name.
func buildSettings() map[string]string {
	of := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			of[s.Key] = s.Value
		}
	}
	return of
}

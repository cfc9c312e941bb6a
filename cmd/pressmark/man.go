package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the man pages of all commands into a folder",
		Long: "Man writes one page for each command, for section 1 of the manual. Their date is that of the program's commit, so that\n" +
			"the same program writes the same pages.",
		Example: "  pressmark man /usr/local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return misuse("%w", err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			date := commitDate()
			header := &doc.GenManHeader{Section: "1", Source: "pressmark " + version, Manual: "Pressmark", Date: &date}
			if err := doc.GenManTree(root, header, args[0]); err != nil {
				return fmt.Errorf("write man pages: %w", err)
			}
			_, err := fmt.Fprintf(a.stdout, "man pages in %s\n", clean(args[0]))
			return err
		},
	}
}

// commitDate is the date of the commit from which the program was built. Where the build
// did not record it, it is the day on which Go was announced: better the same for all than
// that of the call.
func commitDate() time.Time {
	if at, err := time.Parse(time.RFC3339, buildSettings()["vcs.time"]); err == nil {
		return at
	}
	return time.Date(2009, 11, 10, 0, 0, 0, 0, time.UTC)
}

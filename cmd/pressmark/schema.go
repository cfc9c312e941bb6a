package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/extract/article/schema"
	"pressmark/storage/ledger"
)

func newSchema(a *app) *cobra.Command {
	schemas := map[string]func() ([]byte, error){"article": schema.JSON, "record": ledger.Schema}
	return &cobra.Command{
		Use:   "schema article|record",
		Short: "Print the JSON Schema of articles or of log records",
		Long: "Schema prints the JSON Schema (draft 2020-12) of what the program writes: article for the JSON of articles, record\n" +
			"for the lines of the log. Each archive holds both, as schema/article-v1.json and schema/record-v1.json.",
		Example: "  pressmark schema article > article.schema.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			print, ok := schemas[args[0]]
			if !ok {
				return misuse("no schema of %q; give article or record", args[0])
			}
			data, err := print()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.stdout, "%s", data)
			return err
		},
	}
}

package ledger_test

import (
	"errors"
	"testing"

	"pressmark/storage/ledger"
)

func TestPlace(t *testing.T) {
	for text, want := range map[string]ledger.Place{
		"warc/a/a-1.warc.gz@12+345": {Key: "warc/a/a-1.warc.gz", Offset: 12, Length: 345},
		"k@0+0":                     {Key: "k"},
	} {
		if got, err := ledger.ParsePlace(text); err != nil || got != want || got.String() != text {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "k", "@1+2", "k@1", "k@-1+2", "k@1+-2", "k@x+2", "k@1+2+3", "k@9223372036854775808+1"} {
		if got, err := ledger.ParsePlace(text); !errors.Is(err, ledger.ErrRecord) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	if got := (ledger.Place{}).String(); got != "" {
		t.Errorf("the zero value is %q", got)
	}
}

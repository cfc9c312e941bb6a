package configs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pressmark/configs"
)

func TestAccess(t *testing.T) {
	s, err := configs.Parse("full.yaml", read(t, "testdata/good/full.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	a := s.Access
	if a.Proxy != "socks5h://proxy.example:1080" || a.ProxyFrom != nil || a.UserAgent != "RiverArchive/1.0 (project 12)" || a.Bearer != nil {
		t.Errorf("%+v", a)
	}
	if len(a.Headers) != 1 || a.Headers[0].Name != "X-Archive-Key" || a.Headers[0].Value.Env != "RIVER_POST_KEY" ||
		len(a.Cookies) != 1 || a.Cookies[0].Value.File != "/run/secrets/river-post" || a.Basic == nil || a.Basic.File != "$CREDENTIALS_DIRECTORY/river-post" {
		t.Errorf("%+v", a)
	}
	t.Setenv("RIVER_POST_KEY", "key")
	t.Setenv("CREDENTIALS_DIRECTORY", "")
	missing := s.Missing()
	if len(missing) != 2 || !strings.HasPrefix(missing[0].Error(), "full.yaml:34:13: credentials.cookies.member: the secret cannot be had: open /run/secrets/river-post: ") {
		t.Errorf("missing: %v", missing)
	}
}

func TestSecretRead(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"key": "from-file\n", "lines": "one\ntwo\n", "long": strings.Repeat("x", 9000), "blank": " \n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("SECRETS", folder)
	t.Setenv("KEY", " from-env ")
	t.Setenv("RELATIVE", "key")
	for _, tt := range []struct {
		secret configs.Secret
		want   string
		wrong  string
	}{
		{secret: configs.Secret{Env: "KEY"}, want: "from-env"},
		{secret: configs.Secret{File: filepath.Join(folder, "key")}, want: "from-file"},
		{secret: configs.Secret{File: "$SECRETS/key"}, want: "from-file"},
		{secret: configs.Secret{Env: "NO_SUCH_KEY"}, wrong: "the variable NO_SUCH_KEY is empty or not set"},
		{secret: configs.Secret{File: "$RELATIVE"}, wrong: "no absolute path"},
		{secret: configs.Secret{File: "$SECRETS/none"}, wrong: "no such file"},
		{secret: configs.Secret{File: "$SECRETS/lines"}, wrong: "more than one line"},
		{secret: configs.Secret{File: "$SECRETS/long"}, wrong: "more than 8192 bytes"},
		{secret: configs.Secret{File: "$SECRETS/blank"}, wrong: "is empty"},
	} {
		got, err := tt.secret.Read()
		if got != tt.want || (err == nil) != (tt.wrong == "") || err != nil && (!errors.Is(err, configs.ErrSecret) || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%+v: %q, %v, want %q or %q", tt.secret, got, err, tt.want, tt.wrong)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

package extract_test

import (
	"strings"
	"testing"

	"pressmark/extract/article"
)

// TestPictureWithoutWords: what is not printed beside a picture is null, never "".
func TestPictureWithoutWords(t *testing.T) {
	a := extractPage(t, imagePage("<p>"+storyA+"</p><p><img src=pier.jpg width=600 height=400></p><p>"+storyB+"</p><p>"+storyC+"</p>"))
	data, err := article.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"caption":null,"credit":null,"alt":null`; !strings.Contains(string(data), want) {
		t.Errorf("no %s in %s", want, data)
	}
}

package picture

import (
	"testing"
)

func TestPhotoCredit(t *testing.T) {
	for s, want := range map[string]string{
		"1月15日，会议召开。记者 林一一 摄": "记者 林一一",
		"工人在清理河道（林一一 摄）":      "林一一",
		"水利局供图":                                     "水利局",
		"图片来源：摄图网":                                  "摄图网",
		"图：水利局官网":                                   "水利局官网",
		"工人在清理河道":                                   "",
		"左图：育苗工厂；右图：农机合作社":                          "",
		"Workers clear the river. Photo: Ann Lee":   "Ann Lee",
		"Arbeiter am Fluss. Foto: Anna Lehmann/dpa": "Anna Lehmann/dpa",
		"The bridge © Ann Lee":                      "Ann Lee",
	} {
		if got := photoCredit(s); got != want {
			t.Errorf("photoCredit(%q) = %q, want %q", s, got, want)
		}
	}
}

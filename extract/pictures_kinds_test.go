package extract_test

import (
	"context"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// kindsText are the paragraphs of an invented article, {1} to {4} in the pages below.
var kindsText = []string{
	"The harbour of Lakeside reopened on Tuesday, two weeks after the storm that had thrown eleven boats onto the quay and closed the ferry line.",
	"Engineers found that three of the twelve piles had moved in the storm, and the survey says they must be replaced before winter comes.",
	"Passengers with tickets can travel on any later sailing, and the board will pay for a bus to the northern slip every morning.",
	"Shopkeepers on the island fear a poor summer, because most of their visitors come for the day and carry little luggage with them.",
}

// TestPictureKinds: the ways in which pages show pictures. images has a picture
// each with caption and credit, more what else the body holds.
func TestPictureKinds(t *testing.T) {
	for _, tt := range []struct{ name, body, images, more string }{
		{"hero header", `<main><article><header><figure><img src="/photos/2024/harbour-dawn.jpg" width=1200 height=800><figcaption>Boats at dawn. Photo: Ann Poe</figcaption></figure></header>{h1}{1}{2}{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | Ann Poe", ""},
		{"figure before article", `<main><figure class=hero><img src="/photos/2024/harbour-dawn.jpg" width=1200 height=800><figcaption>Boats at dawn.</figcaption></figure><article>{h1}{1}{2}{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"gallery end", `<main><article>{h1}{1}{2}{3}{4}<figure class="wp-block-gallery"><figure class="wp-block-image"><img src="/u/one-12345.jpg"><figcaption>The quay on Monday.</figcaption></figure><figure class="wp-block-image"><img src="/u/two-12345.jpg"><figcaption>The ferry on Tuesday.</figcaption></figure><figure class="wp-block-image"><img src="/u/three-12345.jpg"><figcaption>The slip on Friday.</figcaption></figure></figure></article></main>`,
			"/u/one-12345.jpg | The quay on Monday. | -; /u/two-12345.jpg | The ferry on Tuesday. | -; /u/three-12345.jpg | The slip on Friday. | -", ""},
		{"gallery list", `<main><article>{h1}{1}{2}<ul class="gallery"><li><img src="/u/one-12345.jpg"><span>The quay on Monday.</span></li><li><img src="/u/two-12345.jpg"><span>The ferry on Tuesday.</span></li></ul>{3}{4}</article></main>`,
			"/u/one-12345.jpg | The quay on Monday. | -; /u/two-12345.jpg | The ferry on Tuesday. | -", ""},
		{"gallery end mixed", `<main><article>{h1}{1}{2}{3}{4}<figure class="wp-block-gallery"><figure class="wp-block-image"><img src="/u/one-12345.jpg"></figure><figure class="wp-block-image"><img src="/u/two-12345.jpg"></figure><figure class="wp-block-image"><img src="/u/three-12345.jpg"></figure><figcaption>Three days in the harbour.</figcaption></figure></article></main>`,
			"/u/one-12345.jpg | - | -; /u/two-12345.jpg | - | -; /u/three-12345.jpg | Three days in the harbour. | -", ""},
		{"css background hero", `<main><article>{h1}<div class="article-hero" role="img" aria-label="Boats at dawn" style="background-image: url('/photos/2024/harbour-dawn.jpg'); height:400px"></div>{1}{2}{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | - | -", ""},
		{"css background mid", `<main><article>{h1}{1}{2}<figure><div class="image" style="background:url(/photos/2024/harbour-dawn.jpg) center/cover"></div><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"css background quoted", `<main><article>{h1}{1}{2}<figure><div class="image" style="background-image:url(&quot;/photos/2024/harbour-dawn.jpg&quot;)"></div><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"data-bg", `<main><article>{h1}<div class="lead-image lazyload" data-bg="/photos/2024/harbour-dawn.jpg"></div>{1}{2}{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | - | -", ""},
		{"data-bg url", `<main><article>{h1}<div class="lead-image lazyload" data-bg="url(/photos/2024/harbour-dawn.jpg)"></div>{1}{2}{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | - | -", ""},
		{"data-background-image", `<main><article>{h1}{1}{2}<figure><span class="pic" data-background-image="/photos/2024/harbour-dawn.jpg"></span><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"bg of ad", `<main><article>{h1}{1}{2}<div class="promo-box" style="background-image:url(/img/promo/pattern.png)"><a href="/subscribe">Subscribe now</a></div>{3}{4}</article></main>`,
			"", ""},
		{"bg of body chrome", `<div class=wrap style="background-image:url(/theme/paper-texture.jpg)"><main><article>{h1}{1}{2}{3}{4}</article></main></div>`,
			"", ""},
		{"video poster figure", `<main><article>{h1}{1}{2}<figure><video poster="/posters/ferry-2024.jpg" controls><source src="/v/ferry.mp4"></video><figcaption>The ferry leaves again.</figcaption></figure>{3}{4}</article></main>`,
			"/posters/ferry-2024.jpg | The ferry leaves again. | -", "embed"},
		{"video poster plain", `<main><article>{h1}<video poster="/posters/ferry-2024.jpg" controls src="/v/ferry.mp4"></video>{1}{2}{3}{4}</article></main>`,
			"/posters/ferry-2024.jpg | - | -", "embed"},
		{"script gallery json", `<main><article>{h1}{1}{2}{3}{4}<div id=gal></div><script type="application/json" id="gallery-data">{"images":[{"src":"https://www.valley.example/g/one.jpg","caption":"The quay on Monday.","credit":"Ann Poe"},{"src":"https://www.valley.example/g/two.jpg","caption":"The ferry on Tuesday.","credit":"Ann Poe"},{"src":"https://www.valley.example/g/three.jpg","caption":"The slip on Friday.","credit":"Bo Lee"}]}</script></article></main>`,
			"/g/one.jpg | The quay on Monday. | Ann Poe; /g/two.jpg | The ferry on Tuesday. | Ann Poe; /g/three.jpg | The slip on Friday. | Bo Lee", ""},
		{"script gallery with lead", `<main><article>{h1}<figure><img src="/photos/2024/harbour-dawn.jpg" width=1200 height=800><figcaption>Boats at dawn.</figcaption></figure>{1}{2}{3}{4}<div id=gal></div><script>window.gallery={"images":[{"src":"https://www.valley.example/g/one.jpg","caption":"The quay on Monday."},{"src":"https://www.valley.example/g/two.jpg","caption":"The ferry on Tuesday."},{"src":"https://www.valley.example/g/three.jpg","caption":"The slip on Friday."}]};</script></article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -; /g/one.jpg | The quay on Monday. | -; /g/two.jpg | The ferry on Tuesday. | -; /g/three.jpg | The slip on Friday. | -", ""},
		{"data attribute gallery", `<main><article>{h1}{1}{2}{3}{4}<div class="gallery" data-images='[{"src":"https://www.valley.example/g/one.jpg","caption":"The quay on Monday."},{"src":"https://www.valley.example/g/two.jpg","caption":"The ferry on Tuesday."},{"src":"https://www.valley.example/g/three.jpg","caption":"The slip on Friday."}]'></div></article></main>`,
			"/g/one.jpg | The quay on Monday. | -; /g/two.jpg | The ferry on Tuesday. | -; /g/three.jpg | The slip on Friday. | -", ""},
		{"data-gallery obj", `<main><article>{h1}{1}{2}<photo-gallery data-props="{&quot;slides&quot;:[{&quot;image&quot;:{&quot;url&quot;:&quot;https://www.valley.example/g/one.jpg&quot;},&quot;caption&quot;:&quot;The quay on Monday.&quot;},{&quot;image&quot;:{&quot;url&quot;:&quot;https://www.valley.example/g/two.jpg&quot;},&quot;caption&quot;:&quot;The ferry on Tuesday.&quot;},{&quot;image&quot;:{&quot;url&quot;:&quot;https://www.valley.example/g/three.jpg&quot;},&quot;caption&quot;:&quot;The slip on Friday.&quot;}]}"></photo-gallery>{3}{4}</article></main>`,
			"/g/one.jpg | The quay on Monday. | -; /g/two.jpg | The ferry on Tuesday. | -; /g/three.jpg | The slip on Friday. | -", ""},
		{"figure with iframe", `<main><article>{h1}{1}{2}<figure><iframe src="https://www.youtube.com/embed/abc123"></iframe><figcaption>The ferry leaves again, filmed from the slip on Tuesday.</figcaption></figure>{3}{4}</article></main>`,
			"", "embed The ferry leaves again, filmed from the slip on Tuesday."},
		{"figure with svg map", `<main><article>{h1}{1}{2}<figure><svg width=600 height=400><rect/></svg><figcaption>The harbour and its twelve piles, as surveyed in May.</figcaption></figure>{3}{4}</article></main>`,
			"", "embed The harbour and its twelve piles, as surveyed in May."},
		{"figure with canvas chart", `<main><article>{h1}{1}{2}<figure><div class=chart><canvas></canvas></div><figcaption>Passengers a month, 2020 to 2024. Source: harbour board</figcaption></figure>{3}{4}</article></main>`,
			"", "embed Passengers a month, 2020 to 2024. Source: harbour board"},
		{"figure with spacer", `<main><article>{h1}{1}{2}<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><figcaption>Boats at dawn on the quay of Lakeside.</figcaption></figure>{3}{4}</article></main>`,
			"", "embed Boats at dawn on the quay of Lakeside."},
		{"noscript twin", `<main><article>{h1}{1}{2}<figure><img class=lazy src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><noscript><img src="/photos/2024/harbour-dawn.jpg" alt="Boats"></noscript><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"noscript twin after p", `<main><article>{h1}{1}{2}<p><img class=lazy src="/img/loading.gif" data-lazy-src="/photos/2024/harbour-dawn-600.jpg"></p><noscript><img src="/photos/2024/harbour-dawn-600.jpg" alt="Boats"></noscript>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn-600.jpg | - | -", ""},
		{"noscript only picture", `<main><article>{h1}{1}{2}<div class=pic><div class=ph></div><noscript><picture><source srcset="/photos/2024/harbour-dawn-1200.webp 1200w"><img src="/photos/2024/harbour-dawn-600.jpg" alt="Boats"></picture></noscript></div>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn-600.jpg | - | -", ""},
		{"srcset largest", `<main><article>{h1}{1}{2}<figure><img src="/p/dawn-300.jpg" srcset="/p/dawn-300.jpg 300w, /p/dawn-1200.jpg 1200w, /p/dawn-600.jpg 600w"><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-1200.jpg | Boats at dawn. | -", ""},
		{"picture sources", `<main><article>{h1}{1}{2}<figure><picture><source media="(min-width:1000px)" srcset="/p/dawn-large-1600.webp"><source media="(max-width:600px)" srcset="/p/dawn-small-400.webp"><img src="/p/dawn-800.jpg"></picture><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-large-1600.webp | Boats at dawn. | -", ""},
		{"picture sources widths", `<main><article>{h1}{1}{2}<figure><picture><source media="(max-width:600px)" srcset="/p/dawn-400.webp 400w, /p/dawn-500.webp 500w"><source srcset="/p/dawn-900.webp 900w, /p/dawn-1800.webp 1800w"><img src="/p/dawn-800.jpg"></picture><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-1800.webp | Boats at dawn. | -", ""},
		{"width in query", `<main><article>{h1}{1}{2}<figure><picture><source srcset="/p/dawn.jpg?w=400"><source srcset="/p/dawn.jpg?w=1400"><img src="/p/dawn.jpg?w=800"></picture><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn.jpg?w=1400 | Boats at dawn. | -", ""},
		{"author portrait, pixel, teaser", `<main><article>{h1}<div class=byline><img src="/authors/ann-poe.jpg" width=80 height=80> By Ann Poe</div>{1}{2}{3}{4}<img src="https://pixel.count.example/hit?id=12" width=1 height=1><div class=teasers><a href="/other"><img src="/photos/2024/school.jpg" width=300 height=200><h3>School roof mended before winter comes</h3></a></div></article></main>`,
			"", ""},
		{"credit own element", `<main><article>{h1}{1}{2}<figure><img src="/p/dawn-12345.jpg"><figcaption>Boats at dawn. <span class="credit">Ann Poe / Herald</span></figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-12345.jpg | Boats at dawn. | Ann Poe / Herald", ""},
		{"credit brackets", `<main><article>{h1}{1}{2}<figure><img src="/p/dawn-12345.jpg"><figcaption>Boats at dawn (Ann Poe/Reuters)</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-12345.jpg | Boats at dawn | Ann Poe/Reuters", ""},
		{"image source", `<main><article>{h1}{1}{2}<figure><img src="/p/dawn-12345.jpg"><div><span>Image source, Getty Images</span></div><figcaption>Image caption, Boats at dawn</figcaption></figure>{3}{4}</article></main>`,
			"/p/dawn-12345.jpg | Boats at dawn | Getty Images", ""},
		{"div that a script loads", `<main><article>{h1}{1}{2}<figure><div class="js-delayed-image-load" data-alt="Boats" data-src="/photos/2024/harbour-dawn.jpg" data-width="976" data-height="549"></div><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
		{"address in the figure's microdata", `<main><article>{h1}{1}{2}<figure itemscope itemtype="https://schema.org/ImageObject"><div><meta itemprop="contentUrl" content="/photos/2024/harbour-dawn.jpg"><img class=lazy src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></div><figcaption>Boats at dawn.</figcaption></figure>{3}{4}</article></main>`,
			"/photos/2024/harbour-dawn.jpg | Boats at dawn. | -", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.ReplaceAll(tt.body, "{h1}", "<h1>Harbour reopens after the storm</h1>")
			for i, text := range kindsText {
				body = strings.ReplaceAll(body, "{"+string(rune('1'+i))+"}", "<p>"+text+"</p>")
			}
			page := `<!doctype html><html lang=en><head><title>Harbour reopens after the storm - Valley Herald</title></head><body><header class=site><a href="/">Valley Herald</a><img src="/static/logo.png"></header>` +
				body + `<footer><p>Copyright 2024 Valley Herald.</p></footer></body></html>`
			res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://www.valley.example/news/a.html", Body: []byte(page)})
			if err != nil || res.Article == nil {
				t.Fatal(err, res.Refusal)
			}
			var images, more []string
			for _, im := range res.Article.Images {
				images = append(images, strings.TrimPrefix(im.URL, "https://www.valley.example")+" | "+orDash(im.Caption)+" | "+orDash(im.Credit))
			}
			left := strings.Join(kindsText, "\n")
			for _, b := range res.Article.Body {
				switch {
				case b.Type == article.Embed:
					more = append(more, strings.TrimSpace("embed "+b.Title))
				case b.Type != article.ImagePlace && !strings.Contains(left, b.Text):
					more = append(more, b.Text)
				}
			}
			if got := strings.Join(images, "; "); got != tt.images {
				t.Errorf("images %q, want %q", got, tt.images)
			}
			if got := strings.Join(more, "; "); got != tt.more {
				t.Errorf("also %q, want %q", got, tt.more)
			}
		})
	}
}

func orDash(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

package newsroom

import "sync"

// Album keeps pictures, each drawn when it is first asked for. Sites may share
// one; what is drawn depends on its name and size only.
type Album struct {
	mu    sync.Mutex
	files map[drawing]file
}

// drawing names one picture in one format and size.
type drawing struct {
	name, format  string
	width, height int
}

// NewAlbum makes an empty album.
func NewAlbum() *Album { return &Album{files: map[drawing]file{}} }

// file returns the picture. Stories are checked when they come in, so that
// drawing one cannot fail; were it to, the file would be empty.
func (a *Album) file(d drawing) file {
	a.mu.Lock()
	f, ok := a.files[d]
	a.mu.Unlock()
	if ok {
		return f
	}
	f, err := drawFile(d.name, d.format, d.width, d.height)
	if err != nil {
		return file{}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files[d] = f
	return f
}

package reader

import (
	"net/http"

	"pressmark/storage/certificate"
)

// certified makes the certificate that a request selects.
func (s *server) certified(r *http.Request) (certificate.Certificate, error) {
	if s.Certify == nil {
		return certificate.Certificate{}, errNotFound
	}
	return s.Certify(r.Context(), r.FormValue("check") != "")
}

func (s *server) certificate(w http.ResponseWriter, r *http.Request) error {
	c, err := s.certified(r)
	if err != nil {
		return err
	}
	s.render(w, "certificate.html", "Certificate", c)
	return nil
}

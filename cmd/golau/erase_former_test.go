package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golau/internal/mail"
)

// Where letters lie as files, those to an address that was corrected go with the
// person, unless the address is somebody else's by now.
func TestLettersToFormerAddressesGo(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	dir := filepath.Join(h.dir, "mail")
	post := mail.Folder{Dir: dir, Now: h.clock.Now}
	alun := h.as("alun")
	correct := func(who, email string) {
		alun.post("/en/admin/people/"+h.id[who]+"/email", url.Values{"email": {email}, "reason": {"mistyped"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	}
	correct("nia", "Nia.Once@shared.example")
	correct("nia", "nia.now@shared.example")
	correct("nia", "nia.third@shared.example")
	correct("huw", "nia.now@shared.example") // it is his from here on
	for _, to := range []string{"nia@shared.example", "Nia.Once@shared.example", "nia.now@shared.example", "nia.third@shared.example", "huw@shared.example"} {
		if err := post.Send(t.Context(), mail.Message{ID: "letter-" + strings.ToLower(to), To: to, Subject: "A letter", Text: "x", HTML: "<p>x</p>", Language: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	alun.post("/en/admin/people/"+h.id["nia"]+"/erase", url.Values{"reason": {"asked"}, "confirm": {"nia.third@shared.example"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	var left []string
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []string{"nia@", "nia.once@", "nia.now@", "nia.third@", "huw@"} {
			if strings.Contains(strings.ToLower(string(b)), "<"+to+"shared.example>") {
				left = append(left, to)
			}
		}
	}
	if got := strings.Join(left, " "); got != "huw@ nia.now@" {
		t.Errorf("letters are left to %q", got)
	}
}

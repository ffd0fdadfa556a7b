package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"
)

// Where the PDF prints a name otherwise, or not at all, it is said where the name
// is given, on the certificate's page and to whoever compares the paper.
func TestWhatThePDFPrintsIsSaid(t *testing.T) {
	t.Parallel()
	for name, as := range map[string]string{"Siân Ŵyn": "Siân Ŵyn", "Nguyễn Thị Hằng": "Nguyên Thi Hăng", "Ελένη Παππά": ""} {
		h := livedIn(t)
		b := h.as("nia")
		h.write(func(tx store.Tx) error {
			old, err := certificates.ByID(tx.Rx, h.id["nia"], h.did["nia"].certificate)
			if err != nil {
				return err
			}
			old.Award.HolderName = name
			if _, err = certificates.Reissue(tx, old.ID, old.Award); err != nil {
				return err
			}
			return tx.Exec("UPDATE people_persons SET name = ? WHERE id = ?", name, h.id["nia"]).Error
		})
		h.work()
		var id string
		if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued WHERE person_id = ? AND revision = 2", h.id["nia"]).Scan(&id).Error; err != nil {
			t.Fatal(err)
		}
		huw := h.as("huw")
		huw.post("/en/account/name", url.Values{"name": {name}}).want(http.StatusSeeOther)
		for _, l := range i18n.Langs {
			at := "/" + string(l)
			check := h.visitor().get(at + "/verify/" + id).want(http.StatusOK).has(name)
			page := b.get(at + "/certificates/" + id).want(http.StatusOK).has(name)
			account := huw.get(at + "/account").want(http.StatusOK)
			printed, said := h.words.T(l, "verify.printed", "Name", as), h.words.T(l, "account.name_printed", "Name", as)
			latin := h.words.T(l, "account.name_latin")
			instead, letters := h.words.T(l, "certificate.print_page"), h.words.T(l, "account.name_letters")
			switch as {
			case name:
				check.lacks(printed)
				page.has("/pdf").lacks(instead)
				account.lacks(said, letters)
			case "":
				page.has(instead).lacks("/pdf")
				b.get(at + "/account").want(http.StatusOK).has(letters).lacks(latin) // hers is on a certificate
				account.has(letters, latin)
			default:
				check.has(printed)
				page.has("/pdf")
				account.has(said).lacks(latin)
			}
		}
		want := http.StatusOK
		if as == "" {
			want = http.StatusConflict
		}
		b.get("/en/certificates/" + id + "/pdf").want(want)
	}
}

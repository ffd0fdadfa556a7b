package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// A certificate of the demonstration says so on its own page and to whoever
// checks it, in both languages; one of a real site nowhere.
func TestTheDemonstrationStampsItsCertificates(t *testing.T) {
	t.Parallel()
	for name, house := range map[string]*house{"demonstration": newHouse(t, demonstration), "real": newHouse(t)} {
		house.learnt(house.id["nia"], i18n.EN)
		nia := house.as("nia")
		if name == "demonstration" {
			nia.headers["Host"] = "localhost"
		}
		nia.sit(finalPath, true)
		house.work()
		number := nia.certificate()
		id := house.did["nia"].certificate
		if id == "" {
			if err := house.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued").Scan(&id).Error; err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range i18n.Langs {
			for _, path := range []string{"/certificates/" + id, "/verify/" + number} {
				page := nia.get("/" + string(l) + path).want(http.StatusOK)
				stamped := find(page.doc(), hasClass("golau-stamp")) != nil
				if stamped != (name == "demonstration") {
					t.Errorf("%s, %s: stamped is %v", name, page.path, stamped)
				}
			}
		}
	}
}

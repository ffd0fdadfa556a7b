package people

import (
	"testing"

	"golau/internal/i18n"
)

// Every school of Wales has the same domain: that one agency alone is listed with
// it does not make whoever has such an address one of its people.
func TestADomainOfManyWaits(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	ref, err := LoadReference()
	if err != nil || len(ref.Domains.Many) == 0 {
		t.Fatal(err)
	}
	for i, domain := range ref.Domains.Many {
		if err := a.AddAgencyDomain(ctx, a.alex, "school", domain); err != nil {
			t.Fatal(err)
		}
		proof := a.proof("ffion@" + domain)
		j, err := a.MayJoin(ctx, proof)
		if err != nil || len(j.Places) != 1 || !j.Waits {
			t.Fatalf("%s: %+v, %v", domain, j, err)
		}
		token, err := a.Join(ctx, proof, joinerForm())
		if err != nil {
			t.Fatal(err)
		}
		if v := a.viewer(token); !v.Home().Unconfirmed || !v.May(TakeCourses) {
			t.Errorf("%s: %+v", domain, v.Home())
		}
		if ws, err := WaitingFor(a.rx(), a.as(a.tom)); err != nil || len(ws) != i+1 {
			t.Errorf("%d wait, %v", len(ws), err)
		}
	}
	if n := a.count("outbox_jobs WHERE kind = ?", Joined); n != len(ref.Domains.Many) {
		t.Errorf("%d letters to the lead", n)
	}
	form := a.form
	form.Domains, form.Secret = form.Domains+" hwbcymru.net", ""
	if err := a.ChangeProvider(ctx, a.alex, "school", form); err != nil {
		t.Fatal(err)
	}
	a.says("subject-7", "mari@hwbcymru.net", true)
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.MayArrive(ctx, r.Trip); err != nil || !got.Waits {
		t.Fatalf("%+v, %v", got, err)
	}
	session, _, err := a.Arrive(ctx, r.Trip, NewArrival{Name: "Mari Wyn", JobRole: Education, Language: i18n.CY})
	if err != nil || !a.viewer(session).Home().Unconfirmed {
		t.Error("through the agency's own sign-in they count at once", err)
	}
}

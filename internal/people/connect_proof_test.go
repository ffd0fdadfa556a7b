package people

import (
	"testing"

	"golau/internal/problem"
)

// A session that was left open ties no sign-in to the account and takes none
// away: it needs the password, or the second factor, and the owner gets a letter.
func TestConnectingNeedsAProof(t *testing.T) {
	for email, password := range map[string]string{"rhian@demo.example": rhianPassword, "tom@demo.example": tomPassword} {
		a := newAgency(t)
		ctx := t.Context()
		a.says("somebody-there", email, true)
		r, err := a.come(Viewer{})
		if err != nil {
			t.Fatal(err)
		}
		v := a.viewer(a.signIn(email, password))
		letters := func(what string) int {
			return a.count("outbox_jobs WHERE kind = ? AND payload LIKE '%\"'||?||'\"%'", FactorsChanged, what)
		}
		for _, wrong := range []string{"", "000000", "not the password at all"} {
			if e := wants(t, a.Connect(ctx, v, r.Trip, wrong), problem.Invalid, ""); e.Fields["proof"] == "" {
				t.Errorf("%s: %v", email, e.Fields)
			}
		}
		if a.count("people_identities") != 0 || letters("connected") != 0 {
			t.Fatal("connected without a proof")
		}
		if err := a.Connect(ctx, v, r.Trip, a.proves(v, password)); err != nil {
			t.Fatal(err) // the trip was not used up by the wrong ones
		}
		cs, err := a.Connections(ctx, v)
		if err != nil || len(cs) != 1 || letters("connected") != 1 {
			t.Fatalf("%+v, %v", cs, err)
		}
		for _, wrong := range []string{"", "000000", "not the password at all"} {
			if e := wants(t, a.Disconnect(ctx, v, cs[0].ID, wrong), problem.Invalid, ""); e.Fields["proof"] == "" {
				t.Errorf("%s: %v", email, e.Fields)
			}
		}
		if a.count("people_identities") != 1 {
			t.Fatal("taken away without a proof")
		}
		if err := a.Disconnect(ctx, v, cs[0].ID, a.proves(v, password)); err != nil || letters("disconnected") != 1 {
			t.Errorf("%s: %v, %d letters", email, err, letters("disconnected"))
		}
	}
}

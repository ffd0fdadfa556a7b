package people

import (
	"testing"
	"time"
)

// A lead whose agency has asked for the second factor is in at once: seen, and on
// record as somebody who came in, not as somebody who owes it.
func TestTheAgencysSecondFactorIsASignIn(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.says("tom-there", "tom@demo.example", true)
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	a.connects("tom@demo.example", tomPassword, r.Trip)
	form := a.form
	form.SecondFactor, form.Secret = true, ""
	if err := a.ChangeProvider(ctx, a.alex, "school", form); err != nil {
		t.Fatal(err)
	}
	halves := "audit_events WHERE verb = 'people.half_signed_in' AND subject = ?"
	entered := "audit_details WHERE detail LIKE '%\"via\":\"oidc\"%' AND detail LIKE '%\"session\"%'"
	before, half := a.count(entered), a.count(halves, "person:"+a.tom)
	a.clock.Advance(time.Hour)
	if r, err = a.come(Viewer{}); err != nil {
		t.Fatal(err)
	}
	v, err := a.Resolve(ctx, r.Session)
	if err != nil || v.Person != a.tom || !v.Is(Lead) {
		t.Fatalf("%+v, %v", v, err)
	}
	if a.count("people_persons WHERE id = ? AND seen_at = ?", a.tom, a.rx().Now()) != 1 {
		t.Error("nobody was seen")
	}
	if a.count(halves, "person:"+a.tom) != half || a.count(entered) != before+1 {
		t.Error("not on record as signed in")
	}
	a.clock.Advance(11 * time.Hour)
	if _, err := a.Resolve(ctx, r.Session); err != nil {
		t.Error("the session of a whole sign-in is short", err)
	}
}

// connects lets somebody connect what they came back with to their account.
func (a *agency) connects(email, password, trip string) Viewer {
	a.t.Helper()
	v := a.viewer(a.signIn(email, password))
	if err := a.Connect(a.t.Context(), v, trip, a.proves(v, password)); err != nil {
		a.t.Fatal(err)
	}
	return v
}

// proves is what somebody gives again before how they sign in changes.
func (a *agency) proves(v Viewer, password string) string {
	a.t.Helper()
	f, err := a.FactorsOf(a.rx(), v.Person)
	if err != nil {
		a.t.Fatal(err)
	}
	if f.Any() {
		return a.spare(v.Person)
	}
	return password
}

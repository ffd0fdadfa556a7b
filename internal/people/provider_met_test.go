package people

import (
	"context"
	"testing"
	"time"

	"golau/internal/sso"
)

func (a *agency) met() Provider {
	a.t.Helper()
	if err := a.NoteSignIns(a.t.Context()); err != nil {
		a.t.Fatal(err)
	}
	p, err := ProviderByKey(a.rx(), a.alex, "school")
	if err != nil {
		a.t.Fatal(err)
	}
	return p
}

func (a *agency) knocks(want string) {
	a.t.Helper()
	if _, _, err := a.BeginSSO(a.t.Context(), "school", Wish{}); err == nil {
		a.t.Fatalf("nothing is wrong, want %s", want)
	}
}

// What people meet is kept: the newest success to within an hour, the newest failure,
// and since when; a success mends it, and so does a test that finds nothing.
func TestWhatPeopleMeet(t *testing.T) {
	a := newAgency(t)
	a.clock.Advance(time.Minute)
	first := a.clock.Now()
	a.join()
	if p := a.met(); !p.Met.Worked.Equal(first) {
		t.Fatalf("%+v", p.Met)
	}
	a.clock.Advance(time.Minute)
	if _, err := a.come(Viewer{}); err != nil {
		t.Fatal(err)
	}
	if p := a.met(); !p.Met.Worked.Equal(first) {
		t.Error("every success is written down")
	}
	a.clock.Advance(11 * time.Minute)
	a.idp.Down = true
	since := a.clock.Now()
	a.knocks("down")
	a.clock.Advance(time.Minute)
	a.knocks("down")
	p := a.met()
	tr, is := p.Trouble()
	if !is || tr.Fault != sso.Status || tr.Said != "502 Bad Gateway" || !p.Broken() {
		t.Fatalf("%+v, %v", tr, is)
	}
	a.clock.Advance(time.Minute)
	a.knocks("down")
	if q := a.met(); !q.Met.Failed.Equal(p.Met.Failed.Time) {
		t.Error("every failure is written down")
	}
	a.clock.Advance(30 * time.Minute)
	a.knocks("down")
	if q := a.met(); !q.Met.Failed.Equal(a.clock.Now()) || q.Met.Since.Before(since) || q.Met.Since.After(since.Add(time.Minute)) {
		t.Errorf("%+v", q.Met)
	}
	if a.count("audit_events WHERE verb = 'people.sign_in_failed'") != 1 {
		t.Error("its beginning is not on record, or each time")
	}
	a.idp.Down = false
	if _, err := a.TestProvider(t.Context(), a.alex, "school"); err != nil {
		t.Fatal(err)
	}
	if _, is := a.met().Trouble(); is {
		t.Error("a test that finds nothing does not mend it")
	}
	// A visitor who did not wait has met nothing.
	a.clock.Advance(11 * time.Minute)
	gone, leave := context.WithCancel(t.Context())
	left := make(chan struct{})
	a.idp.Doc = func(map[string]any) {
		leave()
		<-left
	}
	if _, _, err := a.BeginSSO(gone, "school", Wish{}); err == nil {
		t.Error("somebody who left was sent on")
	}
	close(left)
	if _, is := a.met().Trouble(); is {
		t.Error("a browser that did not wait is held against the provider")
	}
}

// Until it has worked again, administrators are told of an only way once; of one that
// comes and goes, at most once an hour.
func TestAdministratorsAreToldOnce(t *testing.T) {
	a := newAgency(t)
	only := a.form
	only.OnlyWay, only.Secret = true, ""
	if err := a.ChangeProvider(t.Context(), a.alex, "school", only); err != nil {
		t.Fatal(err)
	}
	all, err := Administrators(a.rx())
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	told := func(times int) {
		t.Helper()
		a.met()
		if n := a.count("outbox_jobs WHERE kind = ?", SignInDown); n != times*len(all) {
			t.Fatalf("%d letters, want %d", n, times*len(all))
		}
	}
	down := func() {
		a.clock.Advance(11 * time.Minute)
		a.idp.Down = true
		a.knocks("down")
	}
	up := func() {
		a.clock.Advance(time.Minute)
		a.idp.Down = false
		if _, err := a.come(Viewer{}); err != nil {
			t.Fatal(err)
		}
		a.met()
	}
	told(0)
	down()
	told(1)
	for range 10 {
		down()
	}
	told(1)
	up()
	down()
	told(2) // it was down for two hours
	up()
	down()
	told(2) // it flaps
	for range 5 {
		down()
	}
	told(3) // and stays away
}

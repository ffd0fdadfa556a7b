package people

import (
	"sync"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
)

func (h *house) caller(scopes ...TokenScope) Caller {
	h.t.Helper()
	_, token := h.let(h.tom, tomPassword, scopes...)
	c, err := h.Call(h.t.Context(), token)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// TestAskingAgainDoesNothingAgain: fifty copies of a request invite once and are
// answered alike; another request under the key is refused; after a day the key is
// forgotten; another token's key is another.
func TestAskingAgainDoesNothingAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	c := h.caller(WritePeople)
	ask := func(c Caller, key, body, email string) (SentInvitation, bool, error) {
		return h.InviteOnce(t.Context(), c, key, []byte(body), NewInvitation{Email: email, Name: "Nia", JobRole: Education, Language: i18n.CY})
	}
	var copies sync.WaitGroup
	var all [50]SentInvitation
	for i := range all {
		copies.Go(func() {
			var err error
			if all[i], _, err = ask(c, "k-1", "body", "nia@new.example"); err != nil {
				t.Error(err)
			}
		})
	}
	copies.Wait()
	for _, s := range all {
		if s != all[0] || s.ID == "" || s.Expires.Sub(s.Sent) != invitationLife {
			t.Fatalf("%+v, %+v", s, all[0])
		}
	}
	is, _, err := Invitations(h.rx(), h.standing(h.tom), 0)
	if err != nil || len(is) != 1 || is[0].ID != all[0].ID || !is[0].Sent.Equal(all[0].Sent) || !is[0].Expires.Equal(all[0].Expires) {
		t.Errorf("%+v, %v", is, err)
	}
	if _, _, err := ask(c, "k-1", "another", "nia@new.example"); problem.KindOf(err) != problem.Conflict {
		t.Errorf("another request under the key: %v", err)
	}
	other := h.caller(WritePeople)
	if _, again, err := ask(other, "k-1", "body", "huw@new.example"); again || err != nil {
		t.Errorf("another token's key: %v, %v", again, err)
	}
	h.clock.Advance(RequestKeyLife)
	if _, again, err := ask(c, "k-1", "another", "mair@new.example"); again || err != nil {
		t.Errorf("a day later: %v, %v", again, err)
	}
	if _, _, err := ask(c, "k-2", "x", "mair@new.example"); problem.KindOf(err) != problem.Invalid {
		t.Errorf("invited already: %v", err)
	}
	if _, again, err := ask(c, "k-2", "y", "gwen@new.example"); again || err != nil {
		t.Errorf("a request that did nothing used up its key: %v, %v", again, err)
	}
}

// TestAPatchOverwritesNothingUnseen: it changes what it says and leaves the rest;
// whoever saw another version changes nothing.
func TestAPatchOverwritesNothingUnseen(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	c := h.caller(WritePeople)
	_, s, err := c.Viewer.LedAt("")
	if err != nil {
		t.Fatal(err)
	}
	before := h.positionOf(h.rhian, s)
	boss := h.positionOf(h.tom, s)
	group, number := Group("C"), "0017"
	after, err := h.PatchPosition(t.Context(), c, s, before.ID, before.Version(), PositionPatch{Group: &group, StaffNumber: &number, Manager: &boss.ID})
	if err != nil || after.Group != "C" || after.StaffNumber != "0017" || after.Manager != boss.ID || after.JobRole != before.JobRole {
		t.Fatalf("%+v, %v", after, err)
	}
	if after.Version() == before.Version() {
		t.Error("the version stayed")
	}
	none := ""
	if _, err := h.PatchPosition(t.Context(), c, s, before.ID, before.Version(), PositionPatch{StaffNumber: &none}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("an older version: %v", err)
	}
	if after, err = h.PatchPosition(t.Context(), c, s, before.ID, after.Version(), PositionPatch{StaffNumber: &none}); err != nil || after.StaffNumber != "" || after.Manager != boss.ID {
		t.Errorf("%+v, %v", after, err)
	}
	for name, p := range map[string]PositionPatch{"a group": {Group: ptr(Group("Z"))}, "a team": {Team: ptr("nowhere")}, "a day": {WorksSince: ptr("2999-01-01")},
		"a manager": {Manager: ptr("nobody")}, "themselves": {Manager: &before.ID}, "a kind of work": {JobRole: ptr(JobRole("king"))}} {
		if _, err := h.PatchPosition(t.Context(), c, s, before.ID, after.Version(), p); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = h.PatchPosition(t.Context(), c, s, before.ID, after.Version(), PositionPatch{Group: ptr(Group("Z")), Manager: ptr("nobody"), WorksSince: ptr("2999-01-01")})
	if p, ok := problem.As(err); !ok || len(p.Fields) != 3 || p.Fields["manager"] != "people.position.manager_id" {
		t.Errorf("three faults: %+v", p)
	}
	h.clock.Advance(time.Minute)
	if err := h.RecordLeaver(t.Context(), c.Viewer, s, before.ID, "2026-11-23"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.PatchPosition(t.Context(), c, s, before.ID, h.positionOf(h.rhian, s).Version(), PositionPatch{StaffNumber: &number}); problem.KindOf(err) != problem.NotFound {
		t.Errorf("whoever has left: %v", err)
	}
}

func ptr[T any](v T) *T { return &v }

package people

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golau/internal/problem"
)

// Invitations are found by state and by words of the name or the address; what was
// withdrawn is listed where it is asked for alone, so that a list which is taken back
// leaves nothing before what waits.
func TestInvitationsAreFound(t *testing.T) {
	h := newHouse(t, Options{})
	s, lead, admin := scopeOf(h.school, h.east), h.as(h.tom), h.as(h.boss)
	named := func(email, name string) InvitationLetter {
		n := newcomer(email)
		n.Name = name
		l := h.invite(lead, n)
		h.clock.Advance(time.Minute)
		return l
	}
	first := named("nia@new.example", "Nia Ŵyn")
	named("wil@new.example", "Wil Huws")
	came := named("cadi@new.example", "Cadi O’Neill")
	if _, err := h.AcceptInvitation(t.Context(), Viewer{}, came.Link, Acceptance{Name: "Cadi O’Neill", Language: "cy"}); err != nil {
		t.Fatal(err)
	}
	list := unchanged
	for n := range 2*InvitationPage + 1 {
		list += fmt.Sprintf("Person %c%c;p%d@many.example;health;;;;;\n", 'A'+n/26, 'A'+n%26, n)
	}
	twin := newcomer("nia@twin.example")
	twin.Organisation, twin.Name = "twin", "Nia Wyn"
	h.invite(admin, twin)
	i := h.carry(s, list, ImportChoice{Invite: true})
	if err := h.UndoImport(t.Context(), asTom, i); err != nil {
		t.Fatal(err)
	}
	if err := h.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := func(v Viewer, f InvitationFilter) (emails []string, more bool) {
		t.Helper()
		is, more, err := InvitationsWanted(h.rx(), v, f, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range is {
			emails = append(emails, one.Email)
		}
		return emails, more
	}
	for name, c := range map[string]struct {
		f    InvitationFilter
		want []string
	}{
		"all":             {InvitationFilter{}, []string{"cadi@new.example", "wil@new.example", "nia@new.example"}},
		"waiting":         {InvitationFilter{Waiting: true}, []string{"wil@new.example", "nia@new.example"}},
		"registered":      {InvitationFilter{Registered: true}, []string{"cadi@new.example"}},
		"undelivered":     {InvitationFilter{Undelivered: true}, nil},
		"a name":          {InvitationFilter{Words: "WYN, nia"}, []string{"nia@new.example"}},
		"a mark":          {InvitationFilter{Words: "oneill"}, []string{"cadi@new.example"}},
		"an address":      {InvitationFilter{Words: "wil@new"}, []string{"wil@new.example"}},
		"words and state": {InvitationFilter{Words: "new.example", Registered: true}, []string{"cadi@new.example"}},
		"nobody":          {InvitationFilter{Words: "nia huws"}, nil},
		"of one list":     {InvitationFilter{Words: "person ab", Withdrawn: true}, []string{"p1@many.example"}},
		"in the agency":   {InvitationFilter{At: &s, Words: "n"}, []string{"cadi@new.example", "wil@new.example", "nia@new.example"}},
	} {
		if got, more := found(lead, c.f); !slices.Equal(got, c.want) || more {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got, more := found(lead, InvitationFilter{Withdrawn: true}); len(got) != InvitationPage || !more {
		t.Errorf("withdrawn: %d, %v", len(got), more)
	}
	if got, _ := found(admin, InvitationFilter{Words: "nia wyn"}); !slices.Equal(got, []string{"nia@twin.example", "nia@new.example"}) {
		t.Errorf("an administrator finds %q", got)
	}
	wants(t, third(InvitationsWanted(h.rx(), h.as(h.rhian), InvitationFilter{Words: "nia"}, 0)), problem.Forbidden, "people.forbidden")
	if n, err := CountInvitations(h.rx(), InvitationFilter{At: &s, Waiting: true}); err != nil || n != 2 {
		t.Errorf("%d wait, %v", n, err)
	}
	if err := h.WithdrawInvitation(t.Context(), lead, first.ID); err != nil {
		t.Fatal(err)
	}
	if got, _ := found(lead, InvitationFilter{Words: "nia"}); len(got) != 0 {
		t.Errorf("withdrawn and among the others: %q", got)
	}
}

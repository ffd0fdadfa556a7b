package people

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// as is a viewer without a session.
func (h *house) as(person string) Viewer {
	h.t.Helper()
	p, err := PersonByID(h.rx(), person)
	if err != nil {
		h.t.Fatal(err)
	}
	ms, err := MembershipsOf(h.rx(), person)
	if err != nil {
		h.t.Fatal(err)
	}
	return Viewer{Person: p.ID, Name: p.Name, Email: p.Email, Language: p.Language, Memberships: ms}
}

func newcomer(email string) NewInvitation {
	return NewInvitation{Email: email, Name: "Ffion Haf", Organisation: "school", JobRole: Education, Language: i18n.CY}
}

// invite sends one invitation and returns its letter.
func (h *house) invite(v Viewer, n NewInvitation) InvitationLetter {
	h.t.Helper()
	if _, err := h.Invite(h.t.Context(), v, []NewInvitation{n}, ""); err != nil {
		h.t.Fatal(err)
	}
	is, _, err := Invitations(h.rx(), v, 0)
	if err != nil || len(is) == 0 {
		h.t.Fatalf("%d invitations, %v", len(is), err)
	}
	l, ok, err := h.InvitationLetter(h.t.Context(), is[0].ID)
	if err != nil || !ok {
		h.t.Fatalf("no letter: %v", err)
	}
	return l
}

func TestInvite(t *testing.T) {
	h := newHouse(t, Options{})
	admin := h.as(h.boss)
	l := h.invite(admin, NewInvitation{Email: " Ffion@demo.example", Name: "Ffion  Haf", Organisation: "YSGOL Y BRYN",
		Board: "East Board", Role: Lead, JobRole: Education, Language: i18n.CY})
	if l.Email != "Ffion@demo.example" || l.Name != "Ffion Haf" || l.Place.Organisation.ID != h.school || l.Place.Board.ID != h.east ||
		l.Role != Lead || l.State != IsOpen || l.Inviter != "Alex Reid" || !isToken(l.Link) || l.Language != i18n.CY {
		t.Errorf("the letter says %+v", l)
	}
	if h.count("outbox_jobs WHERE kind = ?", Invited) != 1 || h.count("audit_events WHERE verb = 'people.invited'") != 1 ||
		h.count("people_invitations WHERE token_hash = ?", hashToken(l.Link)) != 1 {
		t.Error("no letter, or not recorded, or the link is not hashed")
	}
	for name, c := range map[string]struct {
		change     func(*NewInvitation)
		field, key string
	}{
		"an address":           {func(n *NewInvitation) { n.Email = "x" }, "email", "people.email.shape"},
		"two lines":            {func(n *NewInvitation) { n.Email = "a@b.example\r\nBcc: c@d.example" }, "email", "people.email.shape"},
		"no name":              {func(n *NewInvitation) { n.Name = "" }, "name", "people.name.required"},
		"an agency":            {func(n *NewInvitation) { n.Organisation = "Nowhere" }, "organisation", "people.invite.organisation"},
		"which agency":         {func(n *NewInvitation) { n.Organisation = "" }, "organisation", "people.invite.which_organisation"},
		"which board":          {func(n *NewInvitation) { n.Organisation = "Y Ddau" }, "board", "people.invite.which_board"},
		"not under this board": {func(n *NewInvitation) { n.Board = "west" }, "board", "people.membership.pair"},
		"a role":               {func(n *NewInvitation) { n.Role = "king" }, "role", "people.role.unknown"},
		"a kind of work":       {func(n *NewInvitation) { n.JobRole = "king" }, "job_role", "people.job_role.unknown"},
		"a language":           {func(n *NewInvitation) { n.Language = "fr" }, "language", "people.language.unknown"},
		"invited":              {func(n *NewInvitation) { n.Email, n.Role = "FFION@demo.example", Lead }, "email", "people.invite.pending"},
		"there already":        {func(n *NewInvitation) { n.Email = "rhian@demo.example" }, "email", "people.membership.exists"},
	} {
		n := newcomer("new@demo.example")
		c.change(&n)
		e := wants(t, second(h.Invite(t.Context(), admin, []NewInvitation{n}, "")), problem.Invalid, "people.invalid")
		if len(e.Fields) != 1 || e.Fields[c.field] != c.key {
			t.Errorf("%s: %v", name, e.Fields)
		}
	}
	if h.count("people_invitations") != 1 {
		t.Error("what was refused was written")
	}
}

// A list is sent whole or not at all, and says of each line what is wrong.
func TestAListIsWholeOrNothing(t *testing.T) {
	h := newHouse(t, Options{})
	admin := h.as(h.boss)
	list := make([]NewInvitation, MaxInvitations)
	for i := range list {
		list[i] = newcomer(fmt.Sprintf("new%d@demo.example", i))
	}
	list[7].Email, list[499].Email = "x", "new498@demo.example"
	plan, err := h.Invite(t.Context(), admin, list, "")
	if e := wants(t, err, problem.Invalid, "people.invite.lines"); e.Fields["list"] == "" {
		t.Error(e.Fields)
	}
	for i, p := range plan {
		if bad := i == 7 || i == 499; (len(p.Problems) > 0) != bad {
			t.Errorf("line %d: %v", i, p.Problems)
		}
	}
	if plan[499].Problems["email"] != "people.invite.twice" || h.count("people_invitations") != 0 || h.count("outbox_jobs") != 0 {
		t.Error("half a list was sent", plan[499].Problems)
	}
	list[7].Email, list[499].Email = "seven@demo.example", "last@demo.example"
	if _, err := h.Invite(t.Context(), admin, list, ""); err != nil {
		t.Fatal(err)
	}
	if h.count("people_invitations") != 500 || h.count("outbox_jobs") != 500 {
		t.Error("not everybody was invited")
	}
	wants(t, second(h.Invite(t.Context(), admin, append(list, newcomer("z@demo.example")), "")), problem.Invalid, "people.invite.long")
	wants(t, second(h.Invite(t.Context(), admin, nil, "")), problem.Invalid, "people.invite.empty")
	is, more, err := Invitations(h.rx(), admin, 9)
	if err != nil || more || len(is) != InvitationPage {
		t.Errorf("the last page has %d, more %v, %v", len(is), more, err)
	}
	if _, more, _ = Invitations(h.rx(), admin, 8); !more {
		t.Error("there is no page after the one before the last")
	}
}

// A23: a lead invites learners into the own agency under the own board, sees
// those invitations, and reaches no others.
func TestALeadInvitesIntoTheOwnAgency(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	lead, admin := h.as(h.tom), h.as(h.boss)
	mine := newcomer("mine@demo.example")
	mine.Organisation = "" // a lead of one agency need not name it
	l := h.invite(lead, mine)
	for name, c := range map[string]struct {
		change     func(*NewInvitation)
		field, key string
	}{
		"another agency":   {func(n *NewInvitation) { n.Organisation = "twin" }, "organisation", "people.invite.organisation"},
		"one that is none": {func(n *NewInvitation) { n.Organisation = "Nowhere" }, "organisation", "people.invite.organisation"},
		"another board":    {func(n *NewInvitation) { n.Board = "west" }, "board", "people.membership.pair"},
		"a lead":           {func(n *NewInvitation) { n.Role = Lead }, "role", "people.invite.role"},
		"an officer":       {func(n *NewInvitation) { n.Role = Officer }, "role", "people.invite.role"},
		"an administrator": {func(n *NewInvitation) { n.Role = Admin }, "role", "people.invite.role"},
	} {
		n := newcomer("new@demo.example")
		c.change(&n)
		e := wants(t, second(h.Invite(ctx, lead, []NewInvitation{n}, "")), problem.Invalid, "people.invalid")
		if len(e.Fields) != 1 || e.Fields[c.field] != c.key {
			t.Errorf("%s: %v", name, e.Fields)
		}
	}
	twin := newcomer("twin@demo.example")
	twin.Organisation = "twin"
	other := h.invite(admin, twin)
	is, _, err := Invitations(h.rx(), lead, 0)
	if err != nil || len(is) != 1 || is[0].ID != l.ID {
		t.Errorf("a lead sees %+v, %v", is, err)
	}
	h.clock.Advance(time.Hour)
	for _, id := range []string{other.ID, "nothing", ""} {
		wants(t, h.ResendInvitation(ctx, lead, id), problem.NotFound, "people.not_found")
		wants(t, h.WithdrawInvitation(ctx, lead, id), problem.NotFound, "people.not_found")
	}
	for _, v := range []Viewer{h.as(h.rhian), h.as(h.officer)} {
		wants(t, second(h.Invite(ctx, v, []NewInvitation{newcomer("new@demo.example")}, "")), problem.Forbidden, "")
		wants(t, h.ResendInvitation(ctx, v, l.ID), problem.Forbidden, "")
		_, _, err := Invitations(h.rx(), v, 0)
		wants(t, err, problem.Forbidden, "")
	}
}

func TestResendAndWithdraw(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	lead := h.as(h.tom)
	l := h.invite(lead, newcomer("ffion@demo.example"))
	wants(t, h.ResendInvitation(ctx, lead, l.ID), problem.TooMany, "people.invite.soon")
	h.clock.Advance(14 * 24 * time.Hour)
	wants(t, second(h.InvitationOpen(ctx, Viewer{}, l.Link)), problem.NotFound, "people.invitation.gone")
	wants(t, second(h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "Ffion Haf", Language: i18n.CY})), problem.NotFound, "people.invitation.gone")
	if is, _, _ := Invitations(h.rx(), lead, 0); is[0].State != IsExpired {
		t.Errorf("after fourteen days it is %s", is[0].State)
	}
	if err := h.ResendInvitation(ctx, lead, l.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := h.InvitationOpen(ctx, Viewer{}, l.Link); err != nil || n.Known || n.State != IsOpen {
		t.Errorf("sent again it is %+v, %v", n, err)
	}
	if h.count("outbox_jobs WHERE kind = ?", Invited) != 2 {
		t.Error("no second letter")
	}
	if err := h.WithdrawInvitation(ctx, lead, l.ID); err != nil {
		t.Fatal(err)
	}
	wants(t, second(h.InvitationOpen(ctx, Viewer{}, l.Link)), problem.NotFound, "people.invitation.gone")
	wants(t, h.WithdrawInvitation(ctx, lead, l.ID), problem.NotFound, "")
	wants(t, h.ResendInvitation(ctx, lead, l.ID), problem.NotFound, "")
	if _, ok, err := h.InvitationLetter(ctx, l.ID); ok || err != nil {
		t.Error("a letter would still be sent", err)
	}
	err := h.db.Write(ctx, store.Actor{}, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("UPDATE people_invitations SET withdrawn_at = NULL").Error
	})
	if err == nil || !strings.Contains(err.Error(), "stays as it is") {
		t.Errorf("what is over can be undone: %v", err)
	}
	h.invite(lead, newcomer("ffion@demo.example")) // and asked anew
}

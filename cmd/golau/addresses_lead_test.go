package main

import (
	"net/http"

	"golau/internal/store"
)

// led gets the status for the lead of Nia's agency; to another lead nothing is
// there, other members are refused, and the rest as of says.
func led(of func(int) func(string) int, status int) func(string) int {
	return func(who string) int {
		if who == "lowri" {
			return status
		}
		return leads(of, http.StatusNotFound)(who)
	}
}

// leadingAddresses lists the pages of leads about the people of their agency.
// {position} is Nia's; of teams there is none, see lead_people_test.go.
func leadingAddresses() []row {
	return []row{
		{"GET /manager", "/manager", "", leads(members, 200), false},                               // who are line managers
		{"POST /manager/:position/nudge", "/manager/{position}/nudge", "", led(sends, 409), false}, // who has nothing to do
		{"GET /lead/leads", "/lead/leads", "", leads(members, 200), false},
		{"GET /lead/leads/:membership", "/lead/leads/{led}", "", led(members, 200), false},
		{"GET /admin/leads/:membership", "/admin/leads/{led}", "", runs(members, 200), false},
		{"POST /lead/leads/:membership", "/lead/leads/{led}", "part=teams", led(sends, 409), false}, // her own
		{"POST /admin/leads/:membership", "/admin/leads/{led}", "part=teams", runs(sends, 422), false},
		{"POST /lead/people/move", "/lead/people/move", "", leads(sends, 422), false},
		{"POST /lead/people/:position/suspend", "/lead/people/{position}/suspend", "reason=", led(sends, 422), false},
		{"POST /lead/people/:position/reinstate", "/lead/people/{position}/reinstate", "reason=", led(sends, 303), false}, // was not suspended
		{"GET /lead/people", "/lead/people", "", leads(members, 200), false},
		{"GET /lead/people/:position", "/lead/people/{position}", "", led(members, 200), false},
		{"GET /lead/people/:position/exempt", "/lead/people/{position}/exempt", "", led(members, 200), false},
		{"GET /lead/same", "/lead/same", "", leads(members, 200), false},
		{"POST /lead/same/:id/end", "/lead/same/" + nobodys.open + "/end", "", leads(sends, 404), false},
		{"GET /lead/people/:position/same", "/lead/people/{position}/same", "", led(members, 200), false},
		{"POST /lead/people/:position/same", "/lead/people/{position}/same", "email=", led(sends, 422), false},
		{"GET /lead/people/:position/same/:other", "/lead/people/{position}/same/{other}", "", led(members, 200), false},
		{"POST /lead/people/:position/same/:other", "/lead/people/{position}/same/{position}", "", led(sends, 409), false}, // one and the same
		{"GET /lead/exemptions", "/lead/exemptions", "", leads(members, 200), false},
		{"POST /lead/exemptions/:exemption", "/lead/exemptions/" + nobodys.open, "", leads(sends, 404), false},
		{"POST /lead/people/:position/exempt", "/lead/people/{position}/exempt", "until=", led(sends, 422), false},
		{"GET /lead/teams", "/lead/teams", "", leads(members, 200), false},
		{"GET /lead/teams/:team", "/lead/teams/" + nobodys.open, "", leads(members, 404), false},
		{"GET /lead/rules", "/lead/rules", "", leads(members, 200), false},
		{"GET /lead/rules/new", "/lead/rules/new", "", leads(members, 200), false},
		{"GET /lead/rules/plan", "/lead/rules/plan", "", leads(members, 422), false},
		{"GET /lead/rules/:rule", "/lead/rules/" + nobodys.open, "", leads(members, 404), false},
		{"GET /lead/reminders", "/lead/reminders", "", leads(members, 200), false},
		{"GET /lead/reminders/settings", "/lead/reminders/settings", "", leads(members, 200), false},
		{"POST /lead/reminders/settings", "/lead/reminders/settings", "seen=weekly", leads(sends, 409), false}, // nothing was off
		{"GET /lead/reminders/words/:letter", "/lead/reminders/words/late", "", leads(members, 200), false},
		{"POST /lead/reminders/words/:letter", "/lead/reminders/words/late", "subject_en=One", leads(sends, 422), false},
		{"GET /lead/more-time", "/lead/more-time", "", leads(members, 200), false},
		{"POST /lead/more-time", "/lead/more-time", "shown=x", leads(sends, 422), false},
		{"GET /lead/nudge", "/lead/nudge", "", leads(members, 200), false},
		{"POST /lead/nudge", "/lead/nudge", "shown=x", leads(sends, 409), false},
		{"POST /lead/people/:position/nudge", "/lead/people/{position}/nudge", "", led(sends, 409), false},
		{"POST /lead/rules", "/lead/rules", "basis=after_start&days=0&shown=0", leads(sends, 422), false},
		{"POST /lead/rules/:rule", "/lead/rules/" + nobodys.open, "state=ended&reason=x", leads(sends, 404), false},
		{"GET /lead/import", "/lead/import", "", leads(members, 200), false},
		{"GET /lead/import/:import", "/lead/import/" + nobodys.open, "", leads(members, 404), false},
		{"POST /lead/import", "/lead/import", "file=x", leads(sends, 422), false},
		{"POST /lead/import/:import", "/lead/import/" + nobodys.open, "plan=x", leads(sends, 404), false},
		{"POST /lead/import/:import/marked", "/lead/import/" + nobodys.open + "/marked", "", leads(sends, 404), false},
		{"POST /lead/import/:import/undo", "/lead/import/" + nobodys.open + "/undo", "", leads(sends, 404), false},
		{"POST /lead/people/export", "/lead/people/export", "", leads(sends, 200), false},
		{"POST /lead/people/:position", "/lead/people/{position}", "job_role=x", led(sends, 422), false},
		{"POST /lead/people/:position/left", "/lead/people/{position}/left", "left_on=", led(sends, 422), false},
		{"POST /lead/people/:position/back", "/lead/people/{position}/back", "", led(sends, 303), false},
		{"POST /lead/teams", "/lead/teams", "name_en=", leads(sends, 422), false},
		{"POST /lead/teams/:team", "/lead/teams/" + nobodys.open, "name_en=x", leads(sends, 404), false},
		{"POST /lead/teams/:team/close", "/lead/teams/" + nobodys.open + "/close", "", leads(sends, 404), false},
	}
}

// position is where somebody of the cast stands in their agency.
func (h *house) position(who string) (id string) {
	h.t.Helper()
	err := h.db.Read(h.t.Context()).Raw("SELECT id FROM people_positions WHERE person_id = ? ORDER BY began_at, id LIMIT 1", h.id[who]).Scan(&id).Error
	if err != nil || id == "" {
		h.t.Fatalf("%s stands nowhere: %v", who, err)
	}
	return id
}

// manage makes Lowri Nia's line manager, and Dilwyn Beca's.
func (h *house) manage() {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		for manager, of := range map[string]string{"lowri": "nia", "dilwyn": "beca"} {
			err := tx.Exec("UPDATE people_positions SET manager_id = ? WHERE person_id = ?", h.position(manager), h.id[of]).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// leading is the membership by which somebody of the cast leads.
func (h *house) leading(who string) (id string) {
	h.t.Helper()
	err := h.db.Read(h.t.Context()).Raw("SELECT id FROM people_memberships WHERE person_id = ? AND role = 'lead'", h.id[who]).Scan(&id).Error
	if err != nil || id == "" {
		h.t.Fatalf("%s leads nothing: %v", who, err)
	}
	return id
}

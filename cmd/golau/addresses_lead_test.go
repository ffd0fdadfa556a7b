package main

import "net/http"

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
		{"GET /lead/people", "/lead/people", "", leads(members, 200), false},
		{"GET /lead/people/:position", "/lead/people/{position}", "", led(members, 200), false},
		{"GET /lead/teams", "/lead/teams", "", leads(members, 200), false},
		{"GET /lead/teams/:team", "/lead/teams/" + nobodys.open, "", leads(members, 404), false},
		{"GET /lead/import", "/lead/import", "", leads(members, 200), false},
		{"GET /lead/import/:import", "/lead/import/" + nobodys.open, "", leads(members, 404), false},
		{"POST /lead/import", "/lead/import", "file=x", leads(sends, 422), false},
		{"POST /lead/import/:import", "/lead/import/" + nobodys.open, "plan=x", leads(sends, 404), false},
		{"POST /lead/import/:import/marked", "/lead/import/" + nobodys.open + "/marked", "", leads(sends, 404), false},
		{"POST /lead/import/:import/undo", "/lead/import/" + nobodys.open + "/undo", "", leads(sends, 404), false},
		{"POST /lead/people/export", "/lead/people/export", "", leads(sends, 200), false},
		{"POST /lead/people/:position", "/lead/people/{position}", "job_role=x", led(sends, 422), false},
		{"POST /lead/people/:position/left", "/lead/people/{position}/left", "left_on=", led(sends, 422), false},
		{"POST /lead/people/:position/back", "/lead/people/{position}/back", "", led(sends, 404), false},
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

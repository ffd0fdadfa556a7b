package main

import (
	"net/http"
	"slices"
	"strings"
)

// runs gets the status for whoever runs the installation; other members are
// refused, and the rest as of says.
func runs(of func(int) func(string) int, status int) func(string) int {
	return func(who string) int {
		if who == "alun" {
			return status
		}
		return of(http.StatusForbidden)(who)
	}
}

// answers gets one status for the officer of board A and another for board B's;
// other members are refused, and the rest as of says.
func answers(of func(int) func(string) int, status, other int) func(string) int {
	return func(who string) int {
		switch who {
		case "gwen":
			return status
		case "emrys":
			return other
		}
		return of(http.StatusForbidden)(who)
	}
}

// admin says whether the address is one of the administrator's.
func (r row) admin() bool {
	_, path, _ := strings.Cut(r.address, " ")
	return path == "/admin" || strings.HasPrefix(path, "/admin/")
}

// adminAddresses lists the administrator's ways in. Each part of the room adds
// its own list.
func adminAddresses() []row {
	return slices.Concat(signInAddresses(), watchAddresses(), []row{
		{"GET /admin", "/admin", "", runs(members, 200), false},
		{"GET /admin/setup", "/admin/setup", "", runs(members, 200), false},
		{"GET /admin/setup/:step", "/admin/setup/boards", "", runs(members, 200), false},
		{"GET /admin/setup/:step/:council", "/admin/setup/contacts/council-a", "", runs(members, 200), false},
		{"GET /admin/boards", "/admin/boards", "", runs(members, 200), false},
		{"GET /admin/boards/:board", "/admin/boards/board-a", "", runs(members, 200), false},
		{"GET /admin/agencies", "/admin/agencies", "", runs(members, 200), false},
		{"GET /admin/agencies/new", "/admin/agencies/new", "", runs(members, 200), false},
		{"GET /admin/agency/:agency", "/admin/agency/school-a", "", runs(members, 200), false},
		{"GET /admin/agency/:agency/retire", "/admin/agency/school-a/retire", "", runs(members, 200), false},
		{"GET /admin/agency/:agency/merge", "/admin/agency/school-a/merge", "", runs(members, 200), false},
		{"GET /admin/agency/:agency/merge/:into", "/admin/agency/school-a/merge/school-b", "", runs(members, 200), false},
		{"GET /admin/councils", "/admin/councils", "", runs(members, 200), false},
		{"GET /admin/councils/:council", "/admin/councils/council-a", "", runs(members, 200), false},
		{"GET /admin/councils/:council/name", "/admin/councils/council-a/name", "", runs(members, 200), false},
		{"GET /admin/councils/:council/retire", "/admin/councils/council-a/retire", "", runs(members, 200), false},
		{"GET /admin/new-council", "/admin/new-council", "", runs(members, 200), false},
		{"GET /admin/people", "/admin/people", "", runs(members, 200), false},
		{"GET /admin/roles", "/admin/roles", "", runs(members, 200), false},
		{"GET /admin/systems", "/admin/systems", "", runs(members, 200), false},
		{"GET /admin/systems/:token", "/admin/systems/" + nobodys.open, "", runs(members, 404), false},
		{"GET /admin/people/:person", "/admin/people/{person}", "", runs(members, 200), false},
		{"GET /admin/people/:person/memberships/:membership/end", "/admin/people/{person}/memberships/" + nobodys.open + "/end", "", runs(members, 404), false},
		{"GET /admin/people/:person/second-factor", "/admin/people/{person}/second-factor", "", runs(members, 200), false},
		{"GET /admin/people/:person/email", "/admin/people/{person}/email", "", runs(members, 200), false},
		{"GET /admin/people/:person/erase", "/admin/people/{person}/erase", "", runs(members, 200), false},
		{"GET /admin/site", "/admin/site", "", runs(members, 200), false},
		{"GET /admin/notices", "/admin/notices", "", runs(members, 200), false},
		{"GET /admin/local", "/admin/local", "", runs(members, 200), false},
		{"GET /admin/local/:board/:about", "/admin/local/board-a/signs", "", runs(members, 200), false},
		{"GET /admin/review", "/admin/review", "", runs(members, 200), false},
		{"GET /board", "/board", "", answers(members, 303, 303), false},
		{"GET /board/completions", "/board/completions", "", answers(members, 200, 200), false},
		{"GET /board/completions.csv", "/board/completions.csv", "", answers(members, 200, 200), false},
		{"GET /board/completions.xlsx", "/board/completions.xlsx", "", answers(members, 200, 200), false},
		{"GET /board/certificates", "/board/certificates", "", answers(members, 200, 200), false},
		{"GET /board/certificates.zip", "/board/certificates.zip", "", answers(members, 200, 200), false},
		{"GET /board/certificates/check", "/board/certificates/check", "", answers(members, 200, 200), false},
		{"POST /board/certificates/check", "/board/certificates/check", "numbers=GL-1", answers(sends, 200, 200), false},
		{"GET /board/certificates/:certificate", "/board/certificates/{certificate}", "", answers(members, 200, 404), false},
		{"GET /board/certificates/:certificate/pdf", "/board/certificates/{certificate}/pdf", "", answers(members, 200, 404), false},
		{"GET /board/exemptions", "/board/exemptions", "", answers(members, 200, 200), false},
		{"GET /board/exemptions/:board/:exemption", "/board/exemptions/board-a/" + nobodys.open, "", answers(members, 404, 404), false},
		{"POST /board/exemptions/:board", "/board/exemptions/board-a", "", answers(sends, 303, 404), false},
		{"POST /board/exemptions/:board/:exemption", "/board/exemptions/board-a/" + nobodys.open, "answer=countersigned", answers(sends, 404, 404), false},
		{"POST /admin/boards/:board/policy", "/admin/boards/board-a/policy", "", runs(sends, 303), false},
		{"GET /board/local", "/board/local", "", answers(members, 200, 200), false},
		{"GET /board/local/:board/council/:council", "/board/local/board-a/council/council-a", "", answers(members, 200, 404), false},
		{"GET /board/local/:board/:about", "/board/local/board-a/signs", "", answers(members, 200, 404), false},
		{"GET /admin/cases", "/admin/cases", "", runs(members, 200), false},
		{"GET /admin/cases/:module/:case", "/admin/cases/signs/{case}", "", runs(members, 200), false},
		{"GET /admin/retention", "/admin/retention", "", runs(members, 200), false},
		{"GET /admin/mail", "/admin/mail", "", runs(members, 200), false},

		{"POST /admin/setup/:step", "/admin/setup/boards", "", runs(sends, 303), false},
		{"POST /admin/boards", "/admin/boards", "", runs(sends, 422), false},
		{"POST /admin/reference-boards", "/admin/reference-boards", "boards=gwent", runs(sends, 303), false},
		{"POST /admin/boards/:board", "/admin/boards/board-a", "", runs(sends, 422), false},
		{"POST /admin/agencies/new", "/admin/agencies/new", "", runs(sends, 422), false},
		{"POST /admin/agency/:agency", "/admin/agency/school-a", "", runs(sends, 422), false},
		{"POST /admin/agency/:agency/domains", "/admin/agency/school-a/domains", "domain=shared.example", runs(sends, 303), false},
		{"POST /admin/agency/:agency/domains/remove", "/admin/agency/school-a/domains/remove", "domain=nobody.example", runs(sends, 303), false},
		{"POST /admin/agency/:agency/retire", "/admin/agency/school-a/retire", "reason=", runs(sends, 422), false},
		{"POST /admin/agency/:agency/return", "/admin/agency/school-a/return", "", runs(sends, 303), false},
		{"POST /admin/agency/:agency/merge", "/admin/agency/school-a/merge", "into=nowhere", runs(sends, 422), false},
		{"POST /admin/agency/:agency/merge/:into", "/admin/agency/school-a/merge/school-b", "", runs(sends, 409), false},
		{"POST /admin/councils/:council", "/admin/councils/council-a", "day_number=x", runs(sends, 422), false},
		{"POST /admin/councils/:council/name", "/admin/councils/council-a/name", "", runs(sends, 422), false},
		{"POST /admin/councils/:council/retire", "/admin/councils/council-a/retire", "", runs(sends, 422), false},
		{"POST /admin/councils/:council/return", "/admin/councils/council-a/return", "", runs(sends, 303), false},
		{"POST /admin/new-council", "/admin/new-council", "", runs(sends, 422), false},
		{"POST /admin/systems/:token", "/admin/systems/" + nobodys.open, "reason=x", runs(sends, 404), false},
		{"POST /admin/people/:person/memberships", "/admin/people/{person}/memberships", "", runs(sends, 422), false},
		{"POST /admin/people/:person/memberships/:membership/end", "/admin/people/{person}/memberships/" + nobodys.open + "/end", "", runs(sends, 404), false},
		{"POST /admin/people/:person/suspend", "/admin/people/{person}/suspend", "", runs(sends, 422), false},
		{"POST /admin/people/:person/lift", "/admin/people/{person}/lift", "", runs(sends, 303), false},
		{"POST /admin/people/:person/second-factor", "/admin/people/{person}/second-factor", "", runs(sends, 422), false},
		{"POST /admin/people/:person/email", "/admin/people/{person}/email", "", runs(sends, 422), false},
		{"POST /admin/people/:person/erase", "/admin/people/{person}/erase", "", runs(sends, 422), false},
		{"POST /admin/site", "/admin/site", "", runs(sends, 303), false},
		{"POST /admin/notices", "/admin/notices", "", runs(sends, 303), false},
		{"POST /admin/review", "/admin/review", "", runs(sends, 409), false},
		{"POST /admin/local/:board/:about", "/admin/local/board-a/signs", "text_en=x", runs(sends, 422), false},
		{"POST /board/local/:board/council/:council", "/board/local/board-a/council/council-a", "day_number=x", answers(sends, 422, 404), false},
		{"POST /board/local/:board/:about", "/board/local/board-a/signs", "text_en=x", answers(sends, 422, 404), false},
		{"POST /admin/retention", "/admin/retention", "codes=never", runs(sends, 422), false},
		{"POST /admin/retention/run", "/admin/retention/run", "", runs(sends, 303), false},
		{"POST /admin/mail", "/admin/mail", "", runs(sends, 303), false},
	})
}

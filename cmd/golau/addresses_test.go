package main

import (
	"net/http"
	"slices"
	"strings"

	"golau/internal/i18n"
)

// row says who may come in by an address, and what becomes of it. An address
// without a row fails TestEveryAddressHasARow: nobody has thought about it.
type row struct {
	address string // as in the table of routes, without the language
	path    string // {open} and so on stand for things of Nia's
	form    string // what is sent, as in an address; {name} is the sender's
	want    func(who string) int
	foreign bool // the path names something of Nia's: to others it is not there
}

// roles are those who knock: nobody, somebody shut out, somebody who owes the
// second factor (see halfway), the owner, a colleague, their lead, one who was
// their lead and has left, their board's officer, the administrator, and the
// other board's.
var roles = []string{"", "carys", "half", "nia", "huw", "lowri", "mali", "gwen", "alun", "beca", "dilwyn", "emrys"}

// shutOut says whether who has no way in.
func shutOut(who string) bool { return who == "" || who == "carys" }

// everyone gets the status, whoever they are.
func everyone(status int) func(string) int { return func(string) int { return status } }

// members get the status; the others are led to the sign-in page.
func members(status int) func(string) int {
	return func(who string) int {
		if shutOut(who) {
			return http.StatusSeeOther
		}
		return status
	}
}

// sends is members for what is sent: the others are asked to sign in first.
func sends(status int) func(string) int {
	return func(who string) int {
		if shutOut(who) {
			return http.StatusUnauthorized
		}
		return status
	}
}

// finished gets one status, the other members another.
func finished(of func(int) func(string) int, status, others int) func(string) int {
	return func(who string) int {
		if who == "nia" || who == "beca" {
			return of(status)(who)
		}
		return of(others)(who)
	}
}

// owner gets the status; to the other members it is not there.
func owner(of func(int) func(string) int, status int) func(string) int {
	return func(who string) int {
		if who == "nia" {
			return status
		}
		return of(http.StatusNotFound)(who)
	}
}

// addresses lists every way in, looking before changing.
func addresses() []row {
	rows := []row{
		{"GET /", "/", "", everyone(303), false},
		{"GET ", "", "", everyone(200), false},
		{"GET /healthz", "/healthz", "", everyone(200), false},
		{"GET /readyz", "/readyz", "", everyone(200), false},
		{"GET /robots.txt", "/robots.txt", "", everyone(200), false},
		{"GET /.well-known/jwks.json", "/.well-known/jwks.json", "", everyone(200), false},
		{"GET /.well-known/did.json", "/.well-known/did.json", "", everyone(200), false},
		{"GET /verify", "/verify", "", everyone(200), false},
		{"GET /verify/:id", "/verify/{certificate}", "", everyone(200), false},
		{"GET /cards", "/cards", "", everyone(200), false},
		{"GET /search", "/search?q=guardian", "", everyone(200), false},
		{"GET /glossary", "/glossary", "", everyone(200), false},
		{"GET /cards/:card", "/cards/what-to-do-now", "", everyone(200), false},
		{"GET /cards/:card/pdf", "/cards/what-to-do-now/pdf", "", everyone(200), false},
		{"GET /packs", "/packs", "", everyone(200), false},
		{"GET /packs/:module", "/packs/signs", "", everyone(200), false},
		{"GET /practice/referral", "/practice/referral", "", everyone(200), false},
		{"GET /plan", "/plan", "", everyone(200), false},
		{"GET /sign-in", "/sign-in", "", func(who string) int {
			if shutOut(who) {
				return 200
			}
			return 303
		}, false},
		{"GET /setup/:token", "/setup/" + strings.Repeat("a", 43), "", everyone(404), false},
		{"GET /admin-link/:token", "/admin-link/" + strings.Repeat("a", 43), "", everyone(404), false},
		{"GET /account", "/account", "", members(200), false},
		{"GET /account/security", "/account/security", "", members(200), false},
		{"GET /send-again", "/send-again", "", members(303), false},
		{"GET /second-factor", "/second-factor", "", members(303), false},
		{"GET /second-factor/set-up", "/second-factor/set-up", "", members(303), false},
		{"GET /learn", "/learn", "", members(200), false},
		{"GET /learn/:course", "/learn/child-trafficking", "", members(200), false},
		{"GET /learn/:course/assessment", "/learn/child-trafficking/assessment", "", finished(members, 200, 409), false},
		{"GET /learn/:course/:module", "/learn/child-trafficking/what-it-is", "", members(303), false},
		{"GET /learn/:course/:module/check", "/learn/child-trafficking/what-it-is/check", "", finished(members, 200, 409), false},
		{"GET /learn/:course/cases", "/learn/child-trafficking/cases", "", members(200), false},
		{"GET /learn/:course/:module/cases/:case", "/learn/child-trafficking/signs/cases/{case}", "", members(200), false},
		{"GET /learn/:course/:module/exercises", "/learn/child-trafficking/signs/exercises", "", finished(members, 200, 409), false},
		{"GET /learn/:course/:module/exercises/:exercise", "/learn/child-trafficking/signs/exercises/attendance", "", finished(members, 200, 409), false},
		{"GET /learn/:course/:module/:section", "/learn/child-trafficking/what-it-is/{section}", "", members(200), false},
		{"GET /attempts/:attempt/questions/:n", "/attempts/{open}/questions/1", "", owner(members, 200), true},
		{"GET /attempts/:attempt/review", "/attempts/{open}/review", "", owner(members, 200), true},
		{"GET /attempts/:attempt/result", "/attempts/{final}/result", "", owner(members, 200), true},
		{"GET /certificates", "/certificates", "", members(200), false},
		{"GET /certificates/:certificate", "/certificates/{certificate}", "", owner(members, 200), true},
		{"GET /certificates/:certificate/pdf", "/certificates/{certificate}/pdf", "", owner(members, 200), true},

		{"POST /verify/:id", "/verify/{certificate}", "code=x", everyone(422), false},
		{"POST /practice/referral", "/practice/referral", "told=999", everyone(200), false},
		{"POST /plan", "/plan", "one=Ring", everyone(200), false},
		{"POST /sign-in", "/sign-in", "", everyone(422), false},
		{"POST /setup/:token", "/setup/" + strings.Repeat("a", 43), "name=X", everyone(404), false},
		{"POST /admin-link/:token", "/admin-link/" + strings.Repeat("a", 43), "password=X", everyone(404), false},
		{"POST /second-factor", "/second-factor", "", sends(303), false},
		{"POST /second-factor/set-up", "/second-factor/set-up", "", sends(200), false},
		{"POST /second-factor/confirm", "/second-factor/confirm", "", sends(422), false},
		{"POST /passkey/ask", "/passkey/ask", "", everyone(200), false},
		{"POST /passkey/new", "/passkey/new", "", sends(200), false},
		{"POST /passkey", "/passkey", "answer=x", everyone(422), false},
		{"POST /second-factor/passkey", "/second-factor/passkey", "", sends(422), false},
		{"POST /send-again", "/send-again", "", sends(303), false},
		{"POST /account/security/passkey", "/account/security/passkey", "", sends(422), false},
		{"POST /account/security/remove", "/account/security/remove", "", sends(422), false},
		{"POST /account/security/codes", "/account/security/codes", "", sends(422), false},
		{"POST /account/security/session", "/account/security/session", "session=" + strings.Repeat("0", 16), sends(404), false},
		{"POST /account/name", "/account/name", "name={name}", sends(303), false},
		{"POST /account/language", "/account/language", "language=cy", sends(303), false},
		{"GET /account/same", "/account/same", "", members(200), false},
		{"POST /account/same/:id", "/account/same/" + nobodys.open, "answer=yes", sends(404), false},
		{"POST /account/nation", "/account/nation", "nation=england", sends(303), false},
		{"POST /account/password", "/account/password", "old=&new=", sends(422), false},
		{"POST /learn/:course/:module/cases/:case", "/learn/child-trafficking/signs/cases/{case}", "run=1&turn=1&choice=", sends(422), false},
		{"POST /learn/:course/:module/cases/:case/text", "/learn/child-trafficking/signs/cases/{case}/text", "", sends(303), false},
		{"POST /learn/:course/:module/exercises/:exercise", "/learn/child-trafficking/signs/exercises/attendance", "run=1&line-mondays=mark", finished(sends, 303, 409), false},
		{"POST /learn/:course/:module/:section", "/learn/child-trafficking/what-it-is/{section}", "", sends(303), false},
		{"POST /learn/:course/:module/:section/nation", "/learn/child-trafficking/what-it-is/{section}/nation", "nation=scotland", sends(303), false},
		{"POST /learn/:course/:module/check", "/learn/child-trafficking/what-it-is/check", "", finished(sends, 303, 409), false},
		{"POST /learn/:course/again", "/learn/child-trafficking/again", "", sends(409), false},
		{"POST /learn/:course/assessment", "/learn/child-trafficking/assessment", "", sends(409), false},
		{"POST /attempts/:attempt/questions/:n", "/attempts/{open}/questions/2", "version=0", owner(sends, 303), true},
		{"POST /attempts/:attempt/submit", "/attempts/{open}/submit", "", owner(sends, 303), true},
		{"POST /account/data", "/account/data", "", sends(200), false},
		{"POST /account/sign-out-everywhere", "/account/sign-out-everywhere", "", sends(303), false},
		{"POST /sign-out", "/sign-out", "", everyone(303), false},
	}
	for _, name := range []string{"support", "accessibility", "privacy", "cookies", "history", "figures", "nations", "sources", "contact"} {
		rows = append([]row{{"GET /" + name, "/" + name, "", everyone(200), false}}, rows...)
	}
	return slices.Concat(adminAddresses(), invitingAddresses(), leadingAddresses(), comingInAddresses(), lettingInAddresses(), ssoAddresses(), rows) // before the rows that sign out
}

// demoAddresses are the ways in that only the demonstration has.
func demoAddresses() []row {
	return []row{{"POST /demo/sign-in", "/demo/sign-in", "person=nobody", everyone(404), false}}
}

// plain says whether the address stands outside the two languages.
func (r row) plain() bool {
	if strings.HasPrefix(r.path, "/api/") {
		return true
	}
	switch r.address {
	case "GET /", "GET /healthz", "GET /sso/:provider", "GET /sso/:provider/callback", "GET /sso/:provider/jwks.json", "GET /readyz", "GET /robots.txt", "GET /.well-known/jwks.json", "GET /.well-known/did.json":
		return true
	}
	return false
}

func (r row) method() string { return r.address[:strings.Index(r.address, " ")] }

// at fills in whose things the path names.
func (r row) at(h *house, l i18n.Lang, s story) string {
	m, _ := h.school.Library().Module("what-it-is")
	signs, _ := h.school.Library().Module("signs")
	path := strings.NewReplacer("{open}", s.open, "{check}", s.check, "{final}", s.final, "{certificate}", s.certificate, "{person}", h.id["huw"], "{position}", h.position("nia"), "{other}", h.position("huw"), "{led}", h.leading("lowri"),
		"{section}", m.Sections[0].ID, "{case}", signs.Cases[0].ID).Replace(r.path)
	if r.plain() {
		return path
	}
	return "/" + string(l) + path
}

// nobodys is a story whose ids name nothing.
var nobodys = story{check: strings.Repeat("0", 26), final: strings.Repeat("1", 26), open: strings.Repeat("2", 26), certificate: strings.Repeat("3", 26)}

package main

import (
	"net/http"
	"strings"
)

// leads gets the status for training leads; other members are refused, and the
// rest as of says.
func leads(of func(int) func(string) int, status int) func(string) int {
	return func(who string) int {
		if who == "lowri" || who == "dilwyn" {
			return status
		}
		return of(http.StatusForbidden)(who)
	}
}

// noToken has the shape of a letter's link and opens nothing.
var noToken = strings.Repeat("a", 43)

// comingInAddresses lists the doors for whoever has no session: letters, a new
// password, joining, invitations. What a link or a proof opens is in
// codes_test.go and invitation_test.go.
func comingInAddresses() []row {
	rows := []row{
		{"GET /password", "/password", "", everyone(200), false},
		{"GET /join", "/join", "", everyone(200), false},
		{"GET /password/new", "/password/new", "", everyone(404), false},
		{"GET /join/details", "/join/details", "", everyone(404), false},
		{"GET /invitation/:token", "/invitation/" + noToken, "", everyone(404), false},

		{"POST /sign-in/letter", "/sign-in/letter", "email=x", everyone(422), false},
		{"POST /sign-in/code", "/sign-in/code", "code=000000", everyone(422), false},
		{"POST /password", "/password", "email=", everyone(422), false},
		{"POST /password/code", "/password/code", "code=000000", everyone(422), false},
		{"POST /password/new", "/password/new", "new=pedair+ffenest+las+olau", everyone(404), false},
		{"POST /join", "/join", "email=x", everyone(422), false},
		{"POST /join/code", "/join/code", "code=000000", everyone(422), false},
		{"POST /join/details", "/join/details", "name={name}", everyone(404), false},
		{"POST /invitation/:token", "/invitation/" + noToken, "name={name}&as=me", everyone(404), false},
	}
	for _, door := range []string{"/sign-in", "/password", "/join"} {
		rows = append(rows, row{"GET " + door + "/link/:token", door + "/link/" + noToken, "", everyone(404), false},
			row{"POST " + door + "/link/:token", door + "/link/" + noToken, "", everyone(404), false})
	}
	return rows
}

// invitingAddresses lists the pages of leads and administrators about who comes
// in: the same twice, each for the own people.
func invitingAddresses() []row {
	rows := []row{{"GET /lead", "/lead", "", leads(members, 200), false}, {"GET /lead/figures", "/lead/figures", "", leads(members, 200), false}}
	for at, of := range map[string]func(func(int) func(string) int, int) func(string) int{"/admin": runs, "/lead": leads} {
		rows = append(rows,
			row{"GET " + at + "/joining", at + "/joining", "", of(members, 200), false},
			row{"GET " + at + "/invitations", at + "/invitations", "", of(members, 200), false},
			row{"GET " + at + "/invitations/new", at + "/invitations/new", "", of(members, 200), false},
			row{"GET " + at + "/invitations/many", at + "/invitations/many", "", of(members, 200), false},
			row{"POST " + at + "/joining/:id", at + "/joining/" + nobodys.open, "answer=confirm", of(sends, 404), false},
			row{"POST " + at + "/invitations/new", at + "/invitations/new", "email=x", of(sends, 422), false},
			row{"POST " + at + "/invitations/many", at + "/invitations/many", "list=x&go=send", of(sends, 422), false},
			row{"POST " + at + "/invitations/:id/resend", at + "/invitations/" + nobodys.open + "/resend", "", of(sends, 404), false},
			row{"POST " + at + "/invitations/:id/withdraw", at + "/invitations/" + nobodys.open + "/withdraw", "", of(sends, 404), false},
		)
	}
	return rows
}

package main

import (
	"net/http"
	"slices"
	"strings"
)

// lets gets the status for whoever may let other systems in: leads and officers.
func lets(of func(int) func(string) int, status int) func(string) int {
	return func(who string) int {
		if slices.Contains([]string{"lowri", "dilwyn", "gwen", "emrys"}, who) {
			return status
		}
		return of(http.StatusForbidden)(who)
	}
}

// lettingInAddresses lists the pages by which somebody lets another system in.
func lettingInAddresses() []row {
	return []row{
		{"GET /account/systems", "/account/systems", "", lets(members, 200), false},
		{"POST /account/systems", "/account/systems", "name=", lets(sends, 422), false},
		{"POST /account/systems/made", "/account/systems/made", "made=x", sends(303), false},
		{"POST /account/systems/revoke", "/account/systems/revoke", "token=" + strings.Repeat("0", 26), sends(404), false},
	}
}

// shutToBrowsers is every browser's answer at the addresses for other systems, whoever is
// signed in: a session opens none.
var shutToBrowsers = everyone(http.StatusUnauthorized)

// systemAddresses lists the ways in of other systems. With what a token opens them
// is in api_matrix_test.go.
func systemAddresses() []row {
	return []row{
		{"GET /api/v1/openapi.json", "/api/v1/openapi.json", "", everyone(200), false},
		{"GET /api/v1/people", "/api/v1/people", "", shutToBrowsers, false},
		{"POST /api/v1/people", "/api/v1/people", "", shutToBrowsers, false},
		{"GET /api/v1/people/:id", "/api/v1/people/{position}", "", shutToBrowsers, false},
		{"PATCH /api/v1/people/:id", "/api/v1/people/{position}", "", shutToBrowsers, false},
		{"GET /api/v1/teams", "/api/v1/teams", "", shutToBrowsers, false},
		{"GET /api/v1/assignments", "/api/v1/assignments", "", shutToBrowsers, false},
		{"GET /api/v1/completions", "/api/v1/completions", "", shutToBrowsers, false},
		{"GET /api/v1/course", "/api/v1/course", "", shutToBrowsers, false},
	}
}

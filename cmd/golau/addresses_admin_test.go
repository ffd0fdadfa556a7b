package main

import (
	"net/http"
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

// admin says whether the address is one of the administrator's.
func (r row) admin() bool {
	_, path, _ := strings.Cut(r.address, " ")
	return path == "/admin" || strings.HasPrefix(path, "/admin/")
}

// adminAddresses lists the administrator's ways in. Each part of the room adds
// its own list.
func adminAddresses() []row {
	return []row{
		{"GET /admin", "/admin", "", runs(members, 200), false},
	}
}

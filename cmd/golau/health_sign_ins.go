package main

import (
	"golau/internal/people"
	"golau/internal/steward"
	"golau/internal/store"
)

// signInCheck says which agencies' own sign-ins do not let their people in, why,
// since when, and what works all the same. One that is the only way in cannot wait;
// what whoever came may have brought about is only worth a look.
func signInCheck(rx store.Rx) (steward.Check, error) {
	all, err := people.ProvidersInUse(rx)
	if err != nil {
		return steward.Check{}, err
	}
	c := steward.Check{Name: "sign_ins", Path: "/admin/sign-ins"}
	var broken, only, doubtful, beside int
	for _, p := range all {
		t, is := p.Trouble()
		if !is {
			continue
		}
		c = c.SayOf("admin.health.sign_ins.since", t.Since, "", p.Name).Say("sso.fault."+t.Fault, t.At, t.Said)
		switch { // what still works is said of each, since it differs
		case t.Brought:
			doubtful++
		case p.OnlyWay:
			only++
			c = c.Say("admin.health.sign_ins.still_only", store.Time{}, "")
		default:
			beside++
			c = c.Say("admin.health.sign_ins.still", store.Time{}, "")
		}
		if broken++; broken == 1 {
			c.Path = "/admin/sign-in/" + p.Key
		} else {
			c.Path = "/admin/sign-ins"
		}
	}
	c.Count = broken
	if broken == 0 {
		c.Count = len(all)
	}
	return c.As(steward.State{Name: "only", Holds: only > 0, Bad: true}, steward.State{Name: "some", Holds: beside > 0},
		steward.State{Name: "brought", Holds: doubtful > 0}), nil
}

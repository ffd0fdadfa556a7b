package api

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// longestKey is how long a key of a request may be.
const longestKey = 200

// invite asks somebody to learn in the agency. The same request under the same key
// invites once.
func (r *Room) invite(c *web.Context, _ people.Viewer) error {
	key, err := requestKey(c.Request().Header)
	if err != nil {
		return err
	}
	said, err := c.Said("name", "email", "job_role", "language")
	if err != nil {
		return err
	}
	n := people.NewInvitation{Name: spoken(said, "name"), Email: spoken(said, "email"), JobRole: people.JobRole(spoken(said, "job_role")),
		Language: i18n.Lang(spoken(said, "language"))}
	sent, again, err := r.People.InviteOnce(c.Request().Context(), c.Caller(), key, c.Body(), n)
	if err != nil {
		return err
	}
	if again {
		c.Response().Header().Set("Idempotency-Replayed", "true")
	}
	return c.JSONAnswer(http.StatusCreated, sent)
}

// spoken is what was said, "" for nothing.
func spoken(said map[string]*string, name string) string {
	if v := said[name]; v != nil {
		return *v
	}
	return ""
}

// requestKey returns the key under which a request is done once.
func requestKey(h http.Header) (string, error) {
	all := h.Values("Idempotency-Key")
	missing := problem.New(problem.Invalid, "api.key_missing", "Longest", longestKey)
	if len(all) != 1 || all[0] == "" || len(all[0]) > longestKey {
		return "", missing
	}
	for i := range len(all[0]) {
		if b := all[0][i]; b < '!' || b > '~' {
			return "", missing
		}
	}
	return all[0], nil
}

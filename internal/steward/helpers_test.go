package steward

import (
	"context"
	"testing"

	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// house is a database with an administrator, looked after.
type house struct {
	*Steward
	t     *testing.T
	clock *storetest.Clock
	admin people.Viewer
}

func open(t *testing.T) house {
	t.Helper()
	db, clock := storetest.Open(t)
	return house{&Steward{DB: db, People: people.New(db, people.Options{})}, t, clock, as("person-admin", people.Admin)}
}

// as is somebody with a role.
func as(person string, r people.Role) people.Viewer {
	return people.Viewer{Person: person, Memberships: []people.Membership{{ID: "m-" + person, Role: r}}}
}

func (h house) write(fn func(tx store.Tx) error) {
	h.t.Helper()
	err := h.DB.Write(h.t.Context(), store.Actor{Person: "person-admin", Via: "web"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
	if err != nil {
		h.t.Fatal(err)
	}
}

// person adds somebody and returns their id.
func (h house) person(email, name string) (id string) {
	h.t.Helper()
	h.write(func(tx store.Tx) (err error) {
		id, err = people.AddPerson(tx, people.NewPerson{Email: email, Name: name, Language: "en"})
		return err
	})
	return id
}

func (h house) count(from string, args ...any) (n int) {
	h.t.Helper()
	if err := h.DB.Read(h.t.Context()).Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		h.t.Fatal(err)
	}
	return n
}

// onlyAdmins sees everybody else refused.
func (h house) onlyAdmins(what string, verb func(v people.Viewer) error) {
	h.t.Helper()
	for _, r := range []people.Role{people.Learner, people.Lead, people.Officer} {
		if err := verb(as("somebody", r)); problem.KindOf(err) != problem.Forbidden {
			h.t.Errorf("%s by a %s: %v", what, r, err)
		}
	}
	if err := verb(people.Viewer{}); problem.KindOf(err) != problem.Unauthenticated {
		h.t.Errorf("%s by nobody: %v", what, err)
	}
}

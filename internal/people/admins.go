package people

import (
	"slices"

	"golau/internal/outbox"
	"golau/internal/store"
)

// AdminsTold is the job of the letter by which administrators hear what happened
// to who administers the site, so that nobody becomes one unseen.
const AdminsTold = "people.admins_told"

// AdminsWhat is what they hear.
type AdminsWhat string

// What administrators hear.
const (
	AdminLinkMade AdminsWhat = "link_made" // on the machine, for About or somebody new
	AdminLinkUsed AdminsWhat = "link_used" // About has come in by it
	AdminMade     AdminsWhat = "made"
	AdminUnmade   AdminsWhat = "unmade"
	AdminShut     AdminsWhat = "suspended"
	AdminLetIn    AdminsWhat = "let_in" // and is suspended no more
)

// AdminsFact says who is told, about whom, what, and who did it: "" is whoever
// works on the machine itself. About is "" where there is no account yet.
type AdminsFact struct {
	Person, About, By string
	What              AdminsWhat
	At                store.Time
}

// tellAdmins has a letter go to every administrator but those named, and says to
// how many.
func tellAdmins(tx store.Tx, f AdminsFact, but ...string) (n int, err error) {
	all, err := Administrators(tx.Rx)
	if err != nil {
		return 0, err
	}
	f.At = tx.Now
	for _, f.Person = range all {
		if slices.Contains(but, f.Person) {
			continue
		}
		if err := outbox.Put(tx, AdminsTold, tx.NewID(), f); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// tellOfChange has a letter go to the administrator who was changed, and to all
// the others but the one who did it.
func tellOfChange(tx store.Tx, v Viewer, about string, what AdminsWhat) error {
	f := AdminsFact{Person: about, About: about, By: v.Person, What: what, At: tx.Now}
	if about != v.Person {
		if err := outbox.Put(tx, AdminsTold, tx.NewID(), f); err != nil {
			return err
		}
	}
	_, err := tellAdmins(tx, f, about, v.Person)
	return err
}

package certificates

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// award is a fictional person's completion.
func award() Award {
	done := time.Date(2026, 11, 14, 14, 2, 0, 0, time.UTC)
	return Award{
		Person: "person-aisha", HolderName: "Aisha Karim",
		Course: Course{Slug: "protecting", Edition: "2026.2", Minutes: 114,
			Title: i18n.Text{EN: "Protecting children who may have been trafficked", CY: "Diogelu plant a all fod wedi’u masnachu"}},
		Objectives: []i18n.Text{
			{EN: "tell child trafficking from smuggling", CY: "gwahaniaethu rhwng masnachu mewn plant a smyglo"},
			{EN: "use signs as prompts to act, not as proof", CY: "defnyddio arwyddion fel ysgogiad i weithredu, nid fel prawf"},
		},
		Completed: store.At(done), ValidUntil: store.At(done.AddDate(3, 0, 0)),
		Board:        Board{ID: "board-arian", Name: i18n.Text{EN: "Dyffryn Arian Regional Safeguarding Children Board", CY: "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian"}},
		Organisation: "org-1", Enrolment: "enrolment-1", Attempt: "attempt-1", Language: i18n.CY, EditionHash: "3f2a9c0d1e2f",
	}
}

// house is a database with keys.
type house struct {
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
	keys  *Keys
}

func open(t *testing.T) house {
	t.Helper()
	db, clock := storetest.Open(t)
	return house{t, db, clock, newKeys(t, 1)}
}

func newKeys(t *testing.T, seed byte) *Keys {
	t.Helper()
	k, err := OpenKeys(filepath.Join(t.TempDir(), "keys"), rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (h house) write(fn func(tx store.Tx) error) error {
	return h.db.Write(h.t.Context(), store.Actor{Person: "person-aisha", Via: "web"},
		func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

func (h house) read() store.Rx { return h.db.Read(h.t.Context()) }

// issue issues an award and signs it.
func (h house) issue(a Award) Certificate {
	h.t.Helper()
	var c Certificate
	err := h.write(func(tx store.Tx) (err error) { c, err = Issue(tx, a); return })
	if err != nil {
		h.t.Fatal(err)
	}
	return h.sign(c)
}

func (h house) sign(c Certificate) Certificate {
	h.t.Helper()
	if err := Sign(h.t.Context(), h.db, h.keys, c.ID); err != nil {
		h.t.Fatal(err)
	}
	c, err := ByID(h.read(), c.Person, c.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h house) verify(text string) Verification {
	h.t.Helper()
	v, err := Verify(h.read(), h.keys, text)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h house) count(sql string, args ...any) (n int) {
	h.t.Helper()
	if err := h.read().Raw(sql, args...).Row().Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

package people

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"golau/internal/problem"
	"golau/internal/store"
)

// A12: one guess on each of a great many accounts that are there. It is noticed
// while it is small, said once, gets in nowhere, and costs one hash a guess and no
// more. GOLAU_SPRAY sets how many accounts; five thousand are the named drill:
//
//	GOLAU_SPRAY=5000 go test ./internal/people -run TestASprayOverEveryAccount -v
func TestASprayOverEveryAccount(t *testing.T) {
	accounts, err := strconv.Atoi(os.Getenv("GOLAU_SPRAY"))
	if err != nil || accounts < 100 {
		accounts = 400
	}
	h := newHouse(t, Options{HashQueue: accounts})
	h.write(func(tx store.Tx) error {
		for i := range accounts {
			_, err := AddPerson(tx, NewPerson{Name: "Nurse", Email: fmt.Sprintf("nurse%d@demo.example", i), Language: "cy",
				PasswordHash: "hash:" + tomPassword})
			if err != nil {
				return err
			}
		}
		return nil
	})
	sprays := func() int { return h.count("audit_events WHERE verb = 'people.spray'") }
	guess := func(i int) {
		if _, err := h.SignIn(t.Context(), fmt.Sprintf("nurse%d@demo.example", i), "Winter2026!!"); problem.KindOf(err) != problem.Invalid {
			t.Errorf("a guess at account %d: %v", i, err)
		}
	}
	noticed := 0
	for ; sprays() == 0 && noticed < accounts; noticed++ {
		guess(noticed)
	}
	if noticed > 60 {
		t.Errorf("noticed after %d guesses only", noticed)
	}
	each(accounts-noticed, func(i int) { guess(noticed + i) })
	if n := sprays(); n != 1 {
		t.Errorf("it was recorded %d times", n)
	}
	if n := h.count("people_sessions"); n != 0 {
		t.Errorf("%d sessions were opened", n)
	}
	if n := h.hasher.matches.Load(); n != int64(accounts) {
		t.Errorf("%d guesses cost %d hashes", accounts, n)
	}
	t.Logf("%d accounts: noticed after %d guesses", accounts, noticed)
}

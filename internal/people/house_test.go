package people

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"

	"github.com/pquerna/otp/totp"
)

// countingHasher is quick, and knows how often and how many at once it was
// asked.
type countingHasher struct {
	matches, hashes atomic.Int64
	now, most       atomic.Int64
	hold            chan struct{} // when set, Matches waits for it
	onHash          func()        // when set, what happens meanwhile
}

func (h *countingHasher) Decoy() string { return "decoy" }
func (h *countingHasher) Hash(p string) (string, error) {
	h.hashes.Add(1)
	if h.onHash != nil {
		h.onHash()
	}
	return "hash:" + p, nil
}
func (h *countingHasher) Matches(p, stored string) (bool, error) {
	h.matches.Add(1)
	n := h.now.Add(1)
	defer h.now.Add(-1)
	for m := h.most.Load(); n > m && !h.most.CompareAndSwap(m, n); m = h.most.Load() {
	}
	if h.hold != nil {
		<-h.hold
	}
	return stored == "hash:"+p, nil
}

// The passwords of the test's people.
const (
	rhianPassword = "marmalade tractor sky"
	tomPassword   = "copper violin seventeen"
)

// house is two boards with twin agencies and one agency under both.
type house struct {
	*Directory
	t             testing.TB
	db            *store.DB
	clock         *storetest.Clock
	hasher        *countingHasher
	east, west    string // boards
	school, twin  string // agencies
	both          string // an agency under both boards
	rhian, tom    string // persons: rhian learns in the school, tom leads it
	rhianMember   string
	secret        string              // of the app that was set up last
	recovery      map[string][]string // by person
	officer, boss string              // megan is the east board's officer, alex administers
}

func newHouse(t testing.TB, o Options) *house {
	t.Helper()
	db, clock := storetest.Open(t)
	h := &house{t: t, db: db, clock: clock, hasher: &countingHasher{}}
	if o.Hasher == nil {
		o.Hasher = h.hasher
	}
	h.Directory = New(db, o)
	h.write(func(tx store.Tx) error {
		must := func(id string, err error) string {
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		if err := AddCouncil(tx, NewCouncil{Key: "demo-1", Name: i18n.Text{EN: "Glannau", CY: "Glannau"},
			DayNumber: "01632 960001", OutOfHoursNumber: "01632 960002", CheckedOn: "2026-11-21"}); err != nil {
			return err
		}
		h.east = must(AddBoard(tx, NewBoard{Key: "east", Name: i18n.Text{EN: "East Board", CY: "Bwrdd y Dwyrain"}}))
		h.west = must(AddBoard(tx, NewBoard{Key: "west", Name: i18n.Text{EN: "West Board", CY: "Bwrdd y Gorllewin"}}))
		h.school = must(AddOrganisation(tx, NewOrganisation{Key: "school", Kind: "school", CouncilKey: "demo-1",
			Name: i18n.Text{EN: "Hill School", CY: "Ysgol y Bryn"}}))
		h.twin = must(AddOrganisation(tx, NewOrganisation{Key: "twin", Name: i18n.Text{EN: "Twin School", CY: "Ysgol yr Efaill"}}))
		h.both = must(AddOrganisation(tx, NewOrganisation{Key: "both", Name: i18n.Text{EN: "Both", CY: "Y Ddau"}}))
		for _, l := range [][2]string{{h.school, h.east}, {h.twin, h.west}, {h.both, h.east}, {h.both, h.west}} {
			if err := LinkBoard(tx, l[0], l[1]); err != nil {
				return err
			}
		}
		person := func(name, email, password, demo string, lang i18n.Lang) string {
			return must(AddPerson(tx, NewPerson{Name: name, Email: email, Language: lang, PasswordHash: password, DemoKey: demo}))
		}
		h.rhian = person("Rhian Morys", "Rhian@demo.example", "hash:"+rhianPassword, "rhian", i18n.CY)
		h.tom = person("Tom Ellis", "tom@demo.example", "hash:"+tomPassword, "tom", i18n.EN)
		h.officer = person("Megan Puw", "megan@demo.example", "", "megan", i18n.CY)
		h.boss = person("Alex Reid", "alex@demo.example", "", "", i18n.EN)
		member := func(p, org, board string, r Role, j JobRole) string {
			return must(AddMembership(tx, NewMembership{PersonID: p, OrganisationID: org, BoardID: board, Role: r, JobRole: j}))
		}
		h.rhianMember = member(h.rhian, h.school, h.east, Learner, Education)
		member(h.tom, h.school, h.east, Lead, Education)
		member(h.officer, h.both, h.east, Officer, SocialCare)
		member(h.boss, h.both, h.west, Admin, Voluntary)
		return nil
	})
	return h
}

func (h *house) write(fn func(tx store.Tx) error) {
	h.t.Helper()
	if err := h.try(fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) try(fn func(tx store.Tx) error) error {
	return h.db.Write(h.t.Context(), store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

func (h *house) rx() store.Rx { return h.db.Read(h.t.Context()) }

func (h *house) signIn(email, password string) string {
	h.t.Helper()
	token, err := h.SignIn(h.t.Context(), email, password)
	if err != nil {
		h.t.Fatalf("sign in %s: %v", email, err)
	}
	return h.whole(token)
}

// whole gives the second factor where a session owes one, which is set up where
// there is none.
func (h *house) whole(token string) string {
	h.t.Helper()
	half, err := h.ResolveHalf(h.t.Context(), token)
	if err != nil {
		h.t.Fatal(err)
	}
	if !half.Owes() {
		return token
	}
	if !half.Factors.Any() {
		a := h.setUp(token, "")
		if h.recovery == nil {
			h.recovery = map[string][]string{}
		}
		h.recovery[half.Person] = a.Codes
		return a.Session
	}
	token, err = h.GiveCode(h.t.Context(), token, h.spare(half.Person))
	if err != nil {
		h.t.Fatalf("second factor: %v", err)
	}
	return token
}

// spare is a recovery code that was not used yet.
func (h *house) spare(person string) string {
	h.t.Helper()
	codes := h.recovery[person]
	if len(codes) == 0 {
		h.t.Fatal("no recovery code is left")
	}
	h.recovery[person] = codes[1:]
	return codes[0]
}

// setUp sets an app up in the session and gives its code of this moment.
func (h *house) setUp(token, proof string) Added {
	h.t.Helper()
	if err := h.BeginTOTP(h.t.Context(), token); err != nil {
		h.t.Fatal(err)
	}
	b, err := h.BegunTOTP(h.t.Context(), token)
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := h.ConfirmTOTP(h.t.Context(), token, h.code(b.Secret, 0), proof)
	if err != nil {
		h.t.Fatal(err)
	}
	h.secret = b.Secret
	return a
}

// code is what an app with the secret shows, some half minutes from now.
func (h *house) code(secret string, steps int) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.clock.Now().Add(time.Duration(steps)*totpPeriod*time.Second))
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

func (h *house) viewer(token string) Viewer {
	h.t.Helper()
	v, err := h.Resolve(h.t.Context(), h.whole(token))
	if err != nil {
		h.t.Fatalf("resolve: %v", err)
	}
	return v
}

func (h *house) count(sql string, args ...any) int {
	h.t.Helper()
	var n int
	if err := h.rx().Raw("SELECT count(*) FROM "+sql, args...).Scan(&n).Error; err != nil {
		h.t.Fatal(err)
	}
	return n
}

// wants checks the kind of a problem and, where given, its key.
func wants(t testing.TB, err error, kind problem.Kind, key string) *problem.Error {
	t.Helper()
	e, ok := problem.As(err)
	if !ok || e.Kind != kind || key != "" && e.Key != key {
		t.Fatalf("got %v, want kind %d %s", err, kind, key)
	}
	return e
}

// tests of sign-in say what they wait in these.
const aMoment = time.Microsecond

func TestTheHouseIsAsDescribed(t *testing.T) {
	h := newHouse(t, Options{})
	v := h.viewer(h.signIn("rhian@DEMO.example", rhianPassword))
	if v.Person != h.rhian || v.Name != "Rhian Morys" || v.Email != "Rhian@demo.example" || v.Language != i18n.CY {
		t.Errorf("viewer %+v", v)
	}
	m := v.Home()
	if m.ID != h.rhianMember || m.PersonID != h.rhian || m.Role != Learner || m.JobRole != Education ||
		m.Organisation.ID != h.school || m.Organisation.Name.CY != "Ysgol y Bryn" || m.Organisation.Kind != "school" ||
		m.Board.ID != h.east || m.Board.Key != "east" || m.Board.Name.EN != "East Board" || m.CouncilKey() != "demo-1" {
		t.Errorf("home %+v", m)
	}
	same, err := MembershipByID(h.rx(), h.rhianMember)
	if err != nil || same != m {
		t.Errorf("MembershipByID %+v, %v; want %+v", same, err, m)
	}
	list, err := MembershipsOf(h.rx(), h.rhian)
	if err != nil || len(list) != 1 || list[0] != m {
		t.Errorf("MembershipsOf %+v, %v", list, err)
	}
	c, err := CouncilByKey(h.rx(), m.CouncilKey())
	if err != nil || c.DayNumber != "01632 960001" || c.OutOfHoursNumber != "01632 960002" || c.CheckedOn != "2026-11-21" {
		t.Errorf("council %+v, %v", c, err)
	}
	names, err := Names(h.rx(), []string{h.rhian, h.tom, "nobody"})
	if err != nil || len(names) != 2 || names[h.tom] != "Tom Ellis" {
		t.Errorf("names %v, %v", names, err)
	}
	orgs, err := Organisations(h.rx(), h.west)
	if err != nil || len(orgs) != 2 || orgs[0].Key != "both" || orgs[1].Key != "twin" {
		t.Errorf("organisations %+v, %v", orgs, err)
	}
	boards, err := Boards(h.rx())
	if err != nil || len(boards) != 2 || boards[0].ID != h.east || !strings.HasPrefix(boards[1].Name.CY, "Bwrdd") {
		t.Errorf("boards %+v, %v", boards, err)
	}
	if b, err := BoardByID(h.rx(), h.west); err != nil || b.Key != "west" {
		t.Errorf("board %+v, %v", b, err)
	}
	if o, err := OrganisationByID(h.rx(), h.school); err != nil || o != m.Organisation {
		t.Errorf("organisation %+v, %v", o, err)
	}
	for _, err := range []error{
		second(PersonByID(h.rx(), "x")), second(MembershipByID(h.rx(), "x")), second(BoardByID(h.rx(), "x")),
		second(BoardByKey(h.rx(), "x")), second(OrganisationByID(h.rx(), "x")), second(CouncilByKey(h.rx(), "x")),
	} {
		wants(t, err, problem.NotFound, "people.not_found")
	}
}

func second[T any](_ T, err error) error { return err }

// It runs on every page: the aim is 60 µs.
func BenchmarkResolve(b *testing.B) {
	h := newHouse(b, Options{})
	token := h.signIn("rhian@demo.example", rhianPassword)
	ctx := b.Context()
	for b.Loop() {
		if _, err := h.Resolve(ctx, token); err != nil {
			b.Fatal(err)
		}
	}
}

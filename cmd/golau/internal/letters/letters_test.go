package letters

import (
	"context"
	"errors"
	"flag"
	"html"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
	"golau/internal/store/storetest"

	"github.com/google/go-cmp/cmp"
	xhtml "golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the letters anew")

const (
	base   = "https://golau.example"
	certID = "7k4m2p9x3ac5d8efgh0jkn6qrs"
)

func words(t *testing.T) *i18n.Catalogue {
	t.Helper()
	w, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// award is what the person has completed.
func award(p people.Person) certificates.Award {
	done := time.Date(2026, 11, 14, 14, 2, 0, 0, time.UTC)
	return certificates.Award{
		Person: p.ID, HolderName: p.Name, Enrolment: "enrolment-1", Attempt: "attempt-1", Organisation: "org-1",
		Course: certificates.Course{Slug: "child-trafficking", Edition: "2026.1", Minutes: 54,
			Title: i18n.Text{EN: "Protecting children who may have been trafficked", CY: "Diogelu plant a all fod wedi’u masnachu"}},
		Objectives: []i18n.Text{{EN: "I can act", CY: "Gallaf weithredu"}},
		Completed:  store.At(done), ValidUntil: store.At(done.AddDate(3, 0, 0)), Language: i18n.CY, EditionHash: "3f2a9c0d1e2f",
		Board: certificates.Board{ID: "board-1", Name: i18n.Text{EN: "Dyffryn Arian Regional Safeguarding Children Board", CY: "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian"}},
	}
}

func sian() people.Person {
	return people.Person{ID: "person-sian", Name: "Siân Ŵyn-Pritchard", Email: "sian@demo.example", Language: i18n.CY}
}

// write words a letter to a person about a certificate with a fixed number.
func write(t *testing.T, p people.Person, demo bool) mail.Message {
	t.Helper()
	o := Office{Words: words(t), Base: base + "/", Demo: demo}
	m, err := o.message("completed-"+certID, p, o.completed(p, certificates.Certificate{ID: certID, Award: award(p)}))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGolden(t *testing.T) {
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		m := write(t, p, l == i18n.EN) // one of them as the demonstration words it
		if m.To != p.Email || m.ToName != p.Name || m.Language != string(l) || m.ID != "completed-"+certID {
			t.Errorf("envelope %+v", m)
		}
		golden(t, "completed."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, "completed."+string(l)+".html", m.HTML)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (go test -update writes it anew):\n%s", name, d)
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// said are the words of a part in their order, without layout.
func said(text string) string {
	text = strings.NewReplacer("----\n", " ", ":", " ").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

// Both parts say the same, word for word: only the addresses of the links stand
// among the words of the text, and in the page behind them.
func TestBothPartsSayTheSame(t *testing.T) {
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		m := write(t, p, true)
		_, body, _ := strings.Cut(m.HTML, "<body")
		_, body, _ = strings.Cut(body, ">")
		shown := said(html.UnescapeString(tags.ReplaceAllString(body, " ")))
		o := Office{Base: base}
		text := m.Text
		for _, a := range []string{o.address(l, "/certificates/"+certID), o.address(l, "/account")} {
			if !strings.Contains(text, a) || !strings.Contains(m.HTML, `href="`+a+`"`) {
				t.Errorf("%s: the link %s is missing", l, a)
			}
			text = strings.Replace(text, a, "", 1)
		}
		if d := cmp.Diff(said(text), shown); d != "" {
			t.Errorf("%s:\n%s", l, d)
		}
	}
}

func TestLetterIsWellMade(t *testing.T) {
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		m := write(t, p, false)
		root, err := xhtml.Parse(strings.NewReader(m.HTML))
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for n := range root.Descendants() {
			if n.Type == xhtml.ElementNode {
				count[n.Data]++
			}
			for _, a := range n.Attr {
				switch {
				case n.Data == "html" && a.Key == "lang" && a.Val != string(l):
					t.Errorf("lang is %q, want %s", a.Val, l)
				case n.Data == "table" && a.Key == "role" && a.Val != "presentation":
					t.Errorf("a table is read out as a table")
				case a.Key == "src", a.Key == "class", strings.HasPrefix(a.Key, "on"):
					t.Errorf("<%s %s>: letters load nothing and run nothing", n.Data, a.Key)
				}
			}
		}
		for tag, want := range map[string]int{"h1": 1, "title": 1, "style": 0, "link": 0, "img": 0, "script": 0, "a": 2, "html": 1} {
			if count[tag] != want {
				t.Errorf("%s: %d <%s>, want %d", l, count[tag], tag, want)
			}
		}
		for _, part := range []string{m.Subject, m.Text, m.HTML} {
			if strings.Contains(part, "[letters.") || strings.Contains(part, "{{") {
				t.Errorf("%s: words are missing in %q", l, part)
			}
		}
		for _, topic := range []string{"child", "traffick", "plant", "masnach", certID, p.Name} {
			if strings.Contains(strings.ToLower(m.Subject), topic) {
				t.Errorf("the subject %q tells %q", m.Subject, topic)
			}
		}
		if !strings.Contains(m.Text, "999") {
			t.Errorf("%s: the letter does not say whom to call", l)
		}
		for _, line := range strings.Split(m.Text, "\n") {
			if len([]rune(line)) > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%s: a line of %d: %q", l, len([]rune(line)), line)
			}
		}
	}
}

// What a person is called is shown, never obeyed. None of these names can be
// entered; a letter must not rely on that.
func TestHostileNames(t *testing.T) {
	usual := structure(t, write(t, sian(), false).HTML)
	for _, name := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title></head><body onload=alert(1)>`, `{{.Subject}}`, `{{`,
		`<a href="https://evil.example">Siân</a>`, "Siân\r\n\r\n-- \r\nEve", `' style='background:url(https://evil.example)`, "<!--", "]]>",
		strings.Repeat("W", 100), "Siân\u202egnp", "&lt;b&gt;",
	} {
		p := sian()
		p.Name = name
		m := write(t, p, false)
		if got := structure(t, m.HTML); got != usual {
			t.Errorf("%q changes the page:\n%s", name, cmp.Diff(usual, got))
		}
		if !strings.Contains(html.UnescapeString(m.HTML), strings.ReplaceAll(name, "\r\n", "\n")) && !strings.Contains(html.UnescapeString(m.HTML), name) {
			t.Errorf("%q is not shown as it is", name)
		}
		if m.Subject != write(t, sian(), false).Subject {
			t.Errorf("%q changes the subject: %q", name, m.Subject)
		}
	}
}

// structure is a page without its words.
func structure(t *testing.T, page string) string {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == xhtml.ElementNode || n.Type == xhtml.CommentNode {
			b.WriteString(n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key + "=" + a.Val)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestWrap(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"one":                               "one",
		"a\nb":                              "a\nb",
		"ŵ ŷ":                               "ŵ ŷ",
		"one  space":                        "one  space",
		strings.Repeat("x", 80) + " y":      strings.Repeat("x", 80) + "\ny",
		"y " + strings.Repeat("x", 80):      "y\n" + strings.Repeat("x", 80),
		strings.Repeat("ŵŵŵŵŵŵŵŵ ", 9):      strings.TrimSuffix(strings.Repeat("ŵŵŵŵŵŵŵŵ ", 8), " ") + "\nŵŵŵŵŵŵŵŵ ",
		strings.Repeat("abcdefgh ", 8)[:71]: strings.Repeat("abcdefgh ", 8)[:71],
	} {
		if got := wrap(in); got != want {
			t.Errorf("%q is wrapped to %q, want %q", in, got, want)
		}
	}
}

// house is a database with a person who holds a certificate.
type house struct {
	t    *testing.T
	db   *store.DB
	box  mail.Memory
	fact course.CompletedFact
}

func open(t *testing.T) *house {
	t.Helper()
	db, _ := storetest.Open(t)
	h := &house{t: t, db: db}
	h.write(func(tx store.Tx) error {
		p := sian()
		id, err := people.AddPerson(tx, people.NewPerson{Email: p.Email, Name: p.Name, Language: p.Language})
		if err != nil {
			return err
		}
		p.ID = id
		c, err := certificates.Issue(tx, award(p))
		if err != nil {
			return err
		}
		h.fact = course.CompletedFact{Person: id, Certificate: c.ID}
		return outbox.Put(tx, course.Completed, c.ID, h.fact)
	})
	return h
}

func (h *house) write(fn func(tx store.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) office() Office {
	return Office{DB: h.db, Words: words(h.t), Mail: &h.box, Base: base}
}

// work lets a worker look once.
func (h *house) work() {
	h.t.Helper()
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{
		course.Completed: h.office().Completed, certificates.SignJob: func(context.Context, outbox.Job) error { return nil }})
	if _, err := w.Once(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) count(where string) (n int) {
	h.t.Helper()
	if err := h.db.Read(h.t.Context()).Raw("SELECT count(*) FROM outbox_jobs WHERE kind = ? AND "+where, course.Completed).Row().Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// The letter goes out before anybody has signed the certificate, in the person's
// own language, and once.
func TestCompletedIsSent(t *testing.T) {
	h := open(t)
	h.work()
	h.work()
	sent := h.box.Sent()
	if len(sent) != 1 {
		t.Fatalf("%d letters", len(sent))
	}
	m := sent[0]
	if m.To != "sian@demo.example" || m.Language != "cy" || m.ID != "completed-"+h.fact.Certificate ||
		!strings.Contains(m.Text, base+"/cy/certificates/"+h.fact.Certificate) || !strings.Contains(m.Text, certificates.Number(h.fact.Certificate)) {
		t.Errorf("sent %+v", m)
	}
	if h.count("done_at IS NOT NULL") != 1 {
		t.Error("the job still waits")
	}
}

// While the post does not take it, the letter waits; when it does, it is the
// same letter.
func TestCompletedIsTriedAgain(t *testing.T) {
	h := open(t)
	h.box.Fail = errors.New("451 later")
	h.work()
	if h.count("done_at IS NULL AND failed_at IS NULL AND tries = 1") != 1 {
		t.Error("the job is over, although no letter went out")
	}
}

func TestCompletedIsRefused(t *testing.T) {
	h := open(t)
	h.write(func(tx store.Tx) error {
		for key, payload := range map[string]any{
			"no person":      course.CompletedFact{Person: "nobody", Certificate: h.fact.Certificate},
			"no certificate": course.CompletedFact{Person: h.fact.Person, Certificate: "none"},
			"someone else's": course.CompletedFact{Person: "", Certificate: h.fact.Certificate},
			"no fact":        []int{1},
			"nothing in it":  map[string]any{},
		} {
			if err := outbox.Put(tx, course.Completed, key, payload); err != nil {
				return err
			}
		}
		return nil
	})
	h.work()
	if n := h.count("failed_at IS NOT NULL AND tries = 1"); n != 5 {
		t.Errorf("%d of 5 were refused at once", n)
	}
	if n := len(h.box.Sent()); n != 1 {
		t.Errorf("%d letters, want the one that is true", n)
	}
}

// A certificate that was withdrawn meanwhile is not announced.
func TestWithdrawnIsNotAnnounced(t *testing.T) {
	h := open(t)
	h.write(func(tx store.Tx) error { return certificates.Revoke(tx, h.fact.Certificate, "issued by mistake") })
	h.work()
	if n := len(h.box.Sent()); n != 0 || h.count("done_at IS NOT NULL") != 1 {
		t.Errorf("%d letters", n)
	}
}

// A database that cannot be read just now may come back: the letter waits.
func TestStorageThatCannotAnswer(t *testing.T) {
	h := open(t)
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{
		certificates.SignJob: func(context.Context, outbox.Job) error { return nil },
		course.Completed: func(ctx context.Context, j outbox.Job) error {
			ctx, stop := context.WithCancel(ctx)
			stop()
			return h.office().Completed(ctx, j)
		}})
	if _, err := w.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h.count("done_at IS NULL AND failed_at IS NULL AND tries = 1") != 1 {
		t.Error("the letter is lost")
	}
}

package letters

import (
	"context"
	"html"
	"log/slog"
	"strings"
	"testing"

	"golau/certificates"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/outbox"
	"golau/internal/store"

	"github.com/google/go-cmp/cmp"
)

// handling words the letter about a certificate that an administrator has handled.
func handling(t *testing.T, l i18n.Lang, what string) mail.Message {
	t.Helper()
	p := sian()
	p.Language = l
	a := award(p)
	if what == "corrected" {
		a.HolderName = "Siân Eleri Ŵyn-Pritchard"
	}
	o := Office{Words: words(t), Base: base}
	m, err := o.message(what+"-"+certID, p, o.handledLetter(p, certificates.Certificate{ID: certID, Award: a}, what))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The letters about a certificate that was withdrawn or corrected, whole; both
// parts say the same.
func TestHandledGolden(t *testing.T) {
	for _, what := range []string{"withdrawn", "corrected"} {
		for _, l := range i18n.Langs {
			m := handling(t, l, what)
			golden(t, what+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			golden(t, what+"."+string(l)+".html", m.HTML)
			_, body, _ := strings.Cut(m.HTML, "<body")
			_, body, _ = strings.Cut(body, ">")
			text := m.Text
			for _, a := range []string{base + "/" + string(l) + "/certificates", base + "/" + string(l) + "/account"} {
				text = strings.Replace(text, a, "", 1)
			}
			if d := cmp.Diff(said(text), said(html.UnescapeString(tags.ReplaceAllString(body, " ")))); d != "" {
				t.Errorf("%s, %s:\n%s", what, l, d)
			}
			for _, topic := range []string{"child", "traffick", "plant", "masnach", certID, "Siân"} {
				if strings.Contains(strings.ToLower(m.Subject), strings.ToLower(topic)) {
					t.Errorf("the subject %q tells %q", m.Subject, topic)
				}
			}
		}
	}
}

// handle lets a worker with these letters look once.
func (h *house) handle() {
	h.t.Helper()
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{
		course.Completed: func(context.Context, outbox.Job) error { return nil }, certificates.SignJob: func(context.Context, outbox.Job) error { return nil },
		certificates.Withdrawn: h.office().Withdrawn, certificates.Corrected: h.office().Corrected})
	if _, err := w.Once(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// A correction that was itself withdrawn before its letter went is not announced;
// the withdrawal is, and never says why: others may read it.
func TestHandledIsSent(t *testing.T) {
	h := open(t)
	tell := func(kind, certificate string) {
		h.write(func(tx store.Tx) error {
			return outbox.Put(tx, kind, certificate, certificates.Fact{Person: h.fact.Person, Certificate: certificate})
		})
	}
	var next certificates.Certificate
	h.write(func(tx store.Tx) error {
		old, err := certificates.ByID(tx.Rx, h.fact.Person, h.fact.Certificate)
		if err != nil {
			return err
		}
		a := old.Award
		a.HolderName = "Siân Eleri"
		next, err = certificates.Reissue(tx, old.ID, a)
		return err
	})
	tell(certificates.Corrected, next.ID)
	h.handle()
	sent := h.box.Sent()
	if len(sent) != 1 || sent[0].Language != "cy" || !strings.Contains(sent[0].Text, "Siân Eleri") || !strings.Contains(sent[0].Text, next.Number()) {
		t.Fatalf("%+v", sent)
	}
	tell(certificates.Corrected, h.fact.Certificate) // replaced: it is not the one that holds
	h.write(func(tx store.Tx) error { return certificates.Revoke(tx, next.ID, "somebody else sat the test") })
	tell(certificates.Withdrawn, next.ID)
	h.handle()
	if sent = h.box.Sent(); len(sent) != 2 || !strings.HasPrefix(sent[1].ID, "withdrawn-") {
		t.Fatalf("%d letters", len(sent))
	}
	for _, part := range []string{sent[1].Subject, sent[1].Text, sent[1].HTML} {
		if strings.Contains(part, "somebody else") {
			t.Errorf("the reason is in the letter: %q", part)
		}
	}
}

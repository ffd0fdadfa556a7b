package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	settings "golau/internal/site"
	"golau/internal/store"
)

// noteForm is a note as an administrator types it.
func noteForm(en, cy, based, goes string) url.Values {
	return url.Values{"text_en": {en}, "text_cy": {cy}, "review_by": {"1/3/2027"}, "based": {based}, "go": {goes}}
}

// publish looks at a note and then publishes what was looked at.
func (b *browser) publish(at string, form url.Values) *reply {
	look := url.Values{}
	for name, v := range form {
		look[name] = v
	}
	look.Set("go", "preview")
	if seen := find(b.post(at, look).doc(), with("name", "seen")); seen != nil {
		form.Set("seen", attr(seen, "value"))
	}
	form.Set("go", "publish")
	return b.post(at, form)
}

// What a board adds for its area is looked at first, then published, and shown to
// its own people alone: on the card, in its PDF, and at the end of the module.
func TestABoardAddsToACard(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	const at = "/admin/local/board-a/signs"
	said := map[i18n.Lang]string{i18n.EN: "Ask for the <Front Door> team.", i18n.CY: "Gofynnwch am dîm y <Drws Ffrynt>."}
	form := func(goes string) url.Values {
		return noteForm(said[i18n.EN]+"\r\n\r\nSecond  line.", said[i18n.CY]+"\nAil linell.", "0", goes)
	}
	alun.post("/en"+at, form("preview")).want(http.StatusOK).has(h.words.T(i18n.EN, "admin.local.preview"))
	if h.count("site_local_notes") != 0 {
		t.Fatal("looking at a note published it")
	}
	alun.publish("/en"+at, form("publish")).leads("/en" + at + "?done=local_saved")
	alun.publish("/en"+at, form("publish")) // the same again changes nothing
	if h.count("site_local_notes") != 1 || h.count("audit_events WHERE verb = 'site.local_note_saved'") != 1 {
		t.Error("the note is not there once")
	}
	m, _ := h.school.Library().Module("signs")
	for _, l := range i18n.Langs {
		card, lesson := "/"+string(l)+"/cards/signs", "/"+string(l)+"/learn/child-trafficking/signs/"+m.Sections[len(m.Sections)-1].ID
		for _, path := range []string{card, lesson} {
			page := h.as("nia").get(path).want(http.StatusOK)
			if got := flat(textOf(page.doc())); !strings.Contains(got, said[l]) || !strings.Contains(got, h.words.T(l, "local.title")) {
				t.Errorf("%s lacks the note of its board", path)
			}
			if path == card && strings.Contains(page.Body, "<Front") {
				t.Error("the note is not escaped")
			}
		}
		if got := drawn(h.as("nia").get(card + "/pdf").want(http.StatusOK).Body); !strings.Contains(got, h.words.T(l, "local.title")) || !strings.Contains(got, "Front Door") && l == i18n.EN {
			t.Errorf("the PDF lacks the note:\n%s", got)
		}
		for _, who := range []string{"", "beca", "gwen"} {
			if who != "gwen" && strings.Contains(h.as(who).get(card).want(http.StatusOK).Body, "Front Door") {
				t.Errorf("%q sees the note of another board on %s", who, card)
			}
		}
	}
	h.visitor().get("/en/cards/own-streets").lacks("Front Door")
}

// Numbers in a note can be pressed where it is shown, on the page, in the lesson,
// in the PDF and before it is published; the day by which it is looked at again is
// no line of it.
func TestNumbersInANoteAreLinks(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	const at, tel = "/admin/local/board-a/signs", "tel:01632960150"
	form := noteForm("Front door: 01632 960150, day <and> night.", "Drws ffrynt: 01632 960150, ddydd <a> nos.", "0", "preview")
	pressed := func(page *reply) bool {
		to := find(page.want(http.StatusOK).doc(), both(tag("a"), with("href", tel)))
		return to != nil && textOf(to) == "01632 960150"
	}
	if !pressed(alun.post("/en"+at, form)) {
		t.Error("what is shown before it is published cannot be pressed")
	}
	before := map[i18n.Lang]int{}
	items := func(l i18n.Lang) int {
		return strings.Count(h.as("nia").get("/"+string(l)+"/cards/signs/pdf").want(http.StatusOK).Body, "/S /LBody")
	}
	for _, l := range i18n.Langs {
		before[l] = items(l)
	}
	alun.publish("/en"+at, form).leads("/en" + at + "?done=local_saved")
	m, _ := h.school.Library().Module("signs")
	for _, l := range i18n.Langs {
		card := "/" + string(l) + "/cards/signs"
		for _, path := range []string{card, "/" + string(l) + "/learn/child-trafficking/signs/" + m.Sections[len(m.Sections)-1].ID} {
			page := h.as("nia").get(path)
			if !pressed(page) || strings.Contains(page.Body, "<and>") || strings.Contains(page.Body, "<a> nos") {
				t.Errorf("%s: the number cannot be pressed, or the words are not escaped", path)
			}
		}
		if raw := h.as("nia").get(card + "/pdf").want(http.StatusOK).Body; !strings.Contains(raw, fmt.Sprintf("<%X>", tel)) {
			t.Errorf("%s/pdf: the number is no link", card)
		}
		if got := items(l) - before[l]; got != 1 {
			t.Errorf("%s/pdf: a note of one line is %d items", card, got)
		}
	}
}

// An officer writes for their own board, and for no other; whoever is in neither
// office, for none.
func TestAnOfficerWritesForTheirBoard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen := h.as("gwen")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/board/local"
		gwen.get("/" + string(l) + "/account").has(`href="/` + string(l) + `/board"`)
		h.as("nia").get("/" + string(l) + "/account").lacks("/board")
		list := gwen.get(at).want(http.StatusOK).has(h.words.T(l, "board.local.lead"), `href="`+at+`/board-a/signs"`).lacks(canary, "/admin")
		if find(list.doc(), both(tag("a"), with("aria-current", "page"))) == nil {
			t.Error("the menu does not say where one is")
		}
	}
	const at = "/en/board/local/board-a/signs"
	gwen.publish(at, noteForm("Ask the team.", "Gofynnwch i’r tîm.", "0", "publish")).leads(at + "?done=local_saved")
	gwen.get(at+"?done=local_saved").want(http.StatusOK).has(h.words.T(i18n.EN, "admin.done.local_saved"), "Ask the team.", folk["gwen"].name).lacks("/admin")
	h.as("nia").get("/en/cards/signs").has("Ask the team.")
	h.as("beca").get("/en/cards/signs").lacks("Ask the team.")

	foreign := gwen.post("/en/board/local/board-b/signs", noteForm("X", "X", "0", "preview")).want(http.StatusNotFound)
	sameAnswer(t, "another board's card", foreign, gwen.post("/en/board/local/no-board/signs", noteForm("X", "X", "0", "preview")))
	ctx := context.Background()
	for who, board := range map[string]string{"gwen": "board-b", "emrys": "board-a", "nia": "board-a", "lowri": "board-a"} {
		v, err := h.people.Resolve(ctx, h.cast.session[who])
		if err != nil {
			t.Fatal(err)
		}
		b, err := people.BoardByKey(h.db.Read(ctx), board)
		if err != nil {
			t.Fatal(err)
		}
		form, err := settings.LocalForm{Text: i18n.Text{EN: "X", CY: "X"}, ReviewBy: people.Today(h.db.Read(ctx))}.Clean(people.Today(h.db.Read(ctx)))
		if err != nil {
			t.Fatal(err)
		}
		form.Seen = form.Look(board, "signs")
		if settings.SaveLocalNote(ctx, h.db, v, b, "signs", form) == nil {
			t.Errorf("%s writes for %s", who, board)
		}
	}
	if h.count("site_local_notes") != 1 {
		t.Error("a note was kept that nobody may write")
	}
}

// What is published is what was looked at: words that nobody looked at, or that
// changed since, are shown first.
func TestWhatIsPublishedWasLookedAt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/local/board-a/signs"
		looked := alun.post(at, noteForm("First words.", "Geiriau cyntaf.", "0", "preview")).want(http.StatusOK)
		seen := attr(find(looked.doc(), with("name", "seen")), "value")
		other := attr(find(alun.post("/"+string(l)+"/admin/local/board-b/signs", noteForm("Other words.", "Geiriau eraill.", "0", "preview")).doc(), with("name", "seen")), "value")
		for _, as := range []string{"", seen, other, "x"} {
			form := noteForm("Other words.", "Geiriau eraill.", "0", "publish")
			form.Set("seen", as)
			page := alun.post(at, form).want(http.StatusConflict).has(h.words.T(l, "site.local.unseen"), h.words.T(l, "admin.local.preview"))
			if shown := find(page.doc(), hasClass("golau-note--sand")); shown == nil || !strings.Contains(textOf(shown), "Other words.") {
				t.Errorf("what would be published is not shown: %s", page.gist())
			}
			if find(page.doc(), with("value", "publish")) == nil {
				t.Error("what is shown now cannot be published")
			}
		}
		if h.count("site_local_notes") != 0 {
			t.Fatal("words were published that nobody looked at")
		}
	}
	const at = "/en/admin/local/board-a/signs"
	page := alun.post(at, noteForm("Other words.", "Geiriau eraill.", "0", "publish"))
	alun.press(page, "note", "go=publish").leads(at + "?done=local_saved")
}

// Each edition is kept, with who saved it and when; an earlier one fills the form
// again, and whoever is late does not overwrite another's.
func TestEditionsOfANoteAreKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	const at = "/en/admin/local/board-a/signs"
	alun.publish(at, noteForm("First words.", "Geiriau cyntaf.", "0", "publish")).want(http.StatusSeeOther)
	alun.publish(at, noteForm("Late words.", "Geiriau hwyr.", "0", "publish")).want(http.StatusConflict).has(h.words.T(i18n.EN, "site.local.changed"), "Late words.")
	alun.publish(at, noteForm("Second words.", "Ail eiriau.", "1", "publish")).want(http.StatusSeeOther)
	page := alun.get(at).want(http.StatusOK).has("First words.", "Second words.", folk["alun"].name)
	if typed := textOf(find(page.doc(), byID("text_en"))); strings.TrimSpace(typed) != "Second words." {
		t.Errorf("the form begins with %q", typed)
	}
	restored := alun.post(at, url.Values{"restore": {"1"}}).want(http.StatusOK)
	if typed := textOf(find(restored.doc(), byID("text_en"))); strings.TrimSpace(typed) != "First words." || h.count("site_local_notes") != 2 {
		t.Errorf("restoring fills in %q", typed)
	}
	alun.post(at, url.Values{"restore": {"9"}}).want(http.StatusNotFound)
	today := h.clock.Now().In(i18n.London())
	last := noteForm("First words.", "Geiriau cyntaf.", "2", "publish")
	last.Set("review_by", today.Format("2/1/2006"))
	alun.publish(at, last).want(http.StatusSeeOther)
	h.as("nia").get("/en/cards/signs").has("First words.")

	h.clock.Advance(24 * time.Hour) // the day is over, and so are the sessions
	for _, who := range []string{"alun", "nia"} {
		h.cast.session[who] = h.visitor().signIn(who).token()
	}
	if b := h.as("nia"); !strings.Contains(b.get("/en/cards/signs").Body, h.words.T(i18n.EN, "local.over", "Date", i18n.Date(i18n.EN, today))) {
		t.Error("the card does not say that the note is past its day")
	}
	h.as("alun").get("/en/admin/health").has(h.words.T(i18n.EN, "admin.health.local.due", "Count", 1))
	h.as("alun").get("/en/admin/local").want(http.StatusOK).has(h.words.T(i18n.EN, "local.over", "Date", i18n.Date(i18n.EN, today)))
	h.as("alun").publish(at, noteForm("", "", "3", "publish")).want(http.StatusSeeOther)
	h.as("nia").get("/en/cards/signs").lacks("First words.", h.words.T(i18n.EN, "local.title"))
	for _, sql := range []string{"UPDATE site_local_notes SET text_en = ''", "DELETE FROM site_local_notes"} {
		if err := h.db.Write(t.Context(), store.Actor{}, func(_ context.Context, tx store.Tx) error { return tx.Exec(sql).Error }); err == nil {
			t.Errorf("%s is done", sql)
		}
	}
}

// What cannot stand on a card is refused beside its field.
func TestANoteThatCannotStand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	const at = "/cy/admin/local/board-a/signs"
	for _, c := range []struct{ en, cy, want string }{
		{"Words.", "", "site.words.both"}, {"", "Geiriau.", "site.words.both"},
		{strings.Repeat("x", 241), "Geiriau.", "site.local.long"}, {"1\n2\n3\n4\n5", "Geiriau.", "site.local.long"}, {"a\u202eb", "Geiriau.", "site.words.characters"},
		{"Ring 01632 960111.", "Ffoniwch 01632 960112.", "site.local.numbers"}, {"Ring 01632 960111.", "Ffoniwch ni.", "site.local.numbers"},
	} {
		r := alun.publish(at, noteForm(c.en, c.cy, "0", "publish")).want(http.StatusUnprocessableEntity)
		if said := flat(textOf(r.doc())); !strings.Contains(said, flat(h.words.T(i18n.CY, c.want, "MaxWords", 240, "MaxLines", 4))) {
			t.Errorf("%q, %q: %s", c.en, c.cy, said)
		}
	}
	old := noteForm("Words.", "Geiriau.", "0", "preview")
	old.Set("review_by", "2025-11-21")
	alun.post(at, old).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "site.local.day", "Years", 2))
	alun.get("/cy/admin/local/nowhere/signs").want(http.StatusNotFound)
	alun.get("/cy/admin/local/board-a/nowhere").want(http.StatusNotFound)
	if h.count("site_local_notes") != 0 {
		t.Error("a note that was refused is there")
	}
}

// The longest note fits onto every card, in both languages.
func TestTheLongestNoteIsDrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	words := strings.TrimSpace(strings.Repeat("Llanfairpwllgwyngyll\n", 3) + strings.Repeat("gwasanaethau ", 13))
	for _, c := range h.school.Library().Cards() {
		alun.publish("/en/admin/local/board-a/"+c.Slug, noteForm(words, words, "0", "publish")).want(http.StatusSeeOther)
		for _, l := range i18n.Langs {
			if said := drawn(h.as("nia").get("/" + string(l) + "/cards/" + c.Slug + "/pdf").want(http.StatusOK).Body); !strings.Contains(said, "Llanfairpwllgwyngyll") {
				t.Errorf("%s in %s lacks the note", c.Slug, l)
			}
		}
	}
}

package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
)

var linkPath = regexp.MustCompile(`https://golau\.example(/(?:en|cy)/admin-link/\S+)`)

// link runs golau admin link on the house's own clock, while it serves.
func (h *house) link(t *testing.T, c adminLinkCmd) (path, said string) {
	t.Helper()
	var out bytes.Buffer
	c.BaseURL = "https://" + site
	if err := c.offer(t.Context(), &streams{&out, &out}, h.people); err != nil {
		return "", err.Error()
	}
	if m := linkPath.FindStringSubmatch(out.String()); m != nil {
		path = m[1]
	}
	return path, out.String()
}

// The only administrator has lost their telephone and their codes: the link of
// the machine lets them in, by pages in both languages, and no further than
// setting their second step up again. Looking at it uses nothing up.
func TestAnAdministratorComesBackIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path, said := h.link(t, adminLinkCmd{Email: folk["alun"].email})
	if !strings.HasPrefix(path, "/en/admin-link/") || !strings.Contains(said, folk["alun"].email) {
		t.Fatal(said)
	}
	before := h.tables()
	b := h.visitor()
	for _, l := range i18n.Langs {
		page := b.get(in(l, path)).want(http.StatusOK).has(h.words.T(l, "admin_link.lead"), h.words.T(l, "admin_link.ends"), folk["alun"].email)
		sound(t, "a link of the machine", page)
		refused := b.press(page, "come-in", "", "password", "short").want(http.StatusUnprocessableEntity)
		sound(t, "a short password", refused)
		wrongly(t, "a short password", refused, "password")
		sound(t, "another language", b.press(page, "come-in", "switch="+string(l.Other())).want(http.StatusOK))
	}
	h.unchanged(before)
	h.as("alun").get("/en/admin").want(http.StatusOK)
	page := b.get(in(i18n.CY, path))
	b.press(page, "come-in", "", "password", "saith cwch bach glas").leads("/cy/second-factor?next=%2Fcy%2Fadmin")
	h.as("alun").get("/en/admin").leads("/en/sign-in?next=%2Fen%2Fadmin")
	b.get("/cy/admin").want(http.StatusUnauthorized)
	b.setUpApp("")
	b.get("/cy/admin").want(http.StatusOK)
	sound(t, "a used link", h.visitor().get(path).want(http.StatusNotFound).has(h.words.T("en", "people.admin_link.gone")))
	h.visitor().post(path, url.Values{"password": {"saith cwch bach glas"}}).want(http.StatusNotFound)
	h.work()
	told := 0
	for _, m := range h.mail.Sent() {
		if strings.HasPrefix(m.ID, "admins-") && m.To == folk["alun"].email {
			told++
			if !strings.Contains(m.Text, folk["alun"].name) || !strings.Contains(m.Text, h.words.T("en", "letters.admins.machine")) || strings.Contains(m.Text, path) {
				t.Errorf("the letter says\n%s", m.Text)
			}
		}
	}
	if told != 1 { // of the making; the using they did themselves
		t.Errorf("%d letters", told)
	}
}

// Where those who administered have left, somebody new is made an administrator,
// when that is said; the one before hears of it.
func TestALinkForSomebodyNew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for email, key := range map[string]string{"nobody@shared.example": "people.admin_link.nobody", folk["huw"].email: "people.admin_link.not_admin", "x": "people.email.shape"} {
		if path, said := h.link(t, adminLinkCmd{Email: email}); path != "" || said != h.words.T(i18n.EN, key) {
			t.Errorf("%s: %s", email, said)
		}
	}
	if _, said := h.link(t, adminLinkCmd{Email: "new@shared.example", New: true, Place: "nowhere/board-a"}); said != h.words.T(i18n.EN, "people.admin_link.place") {
		t.Error(said)
	}
	path, said := h.link(t, adminLinkCmd{Email: "New@shared.example", New: true})
	if path == "" {
		t.Fatal(said)
	}
	b := h.visitor()
	for _, l := range i18n.Langs {
		page := b.get(in(l, path)).want(http.StatusOK).has(h.words.T(l, "admin_link.lead_new"))
		sound(t, "for somebody new", page)
		welsh := b.press(page, "come-in", "switch="+string(l.Other()), "name", "Nesta “W” <Wyn>", "job_role", "health").want(http.StatusOK)
		if got := formValues(find(welsh.doc(), byID("come-in"))); got.Get("name") != "Nesta “W” <Wyn>" || got.Get("job_role") != "health" {
			t.Errorf("the change of language lost %v", got)
		}
		wrongly(t, "nothing typed", b.post(in(l, path), url.Values{"job_role": {"x"}}), "name", "job_role", "password")
	}
	b.press(b.get(in(i18n.CY, path)), "come-in", "", "name", "Nesta Wyn", "job_role", "health", "password", "saith cwch bach glas").leads("/cy/second-factor?next=%2Fcy%2Fadmin")
	b.setUpApp("")
	b.get("/cy/admin").want(http.StatusOK)
	h.as("alun").get("/en/admin").want(http.StatusOK)
	h.work()
	var told []string
	for _, m := range h.mail.Sent() {
		if strings.HasPrefix(m.ID, "admins-") {
			told = append(told, m.To)
		}
	}
	if len(told) != 2 || told[0] != folk["alun"].email || told[1] != folk["alun"].email {
		t.Errorf("told were %v", told)
	}
	if h.stands()["admins"] != "good" {
		t.Error("there are two administrators")
	}
}

// The command itself: on a database that is being served, on one where nobody
// administers yet, and on none.
func TestAdminLinkCommand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	code, out, errs := golau(t, "admin", "link", "--email", folk["alun"].email, "--data", h.dir, "--base-url", "https://"+site)
	if code != exitDone || !linkPath.MatchString(out) || h.count("people_setup WHERE ended_at IS NULL AND person_id = ?", h.id["alun"]) != 1 {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if h.count("outbox_jobs WHERE kind = ?", people.AdminsTold) != 1 {
		t.Error("no letter waits")
	}
	if code, out, errs := golau(t, "admin", "link", "--email", folk["huw"].email, "--data", h.dir); code != exitNo || out != "" || !strings.Contains(errs, "--new") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if code, _, errs := golau(t, "admin", "link", "--data", h.dir); code != exitWrongUse {
		t.Errorf("%d %s", code, errs)
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	if code, _, errs := golau(t, "admin", "link", "--email", "x@y.example", "--data", nowhere); code != exitNo || !strings.Contains(errs, "--data") {
		t.Errorf("%d %s", code, errs)
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("looking for a database made a folder")
	}
	empty := emptyHouse(t)
	code, out, errs = golau(t, "admin", "link", "--email", "mair@glannau.example", "--data", empty.dir, "--base-url", "https://"+site)
	if code != exitDone || !strings.Contains(out, "https://"+site+"/en/setup/") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

// Whoever administers alone is told so, and what to do.
func TestHealthNoticesAnOnlyAdministrator(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if h.stands()["admins"] != "one" {
		t.Fatal("nobody notices that one person administers alone")
	}
	for _, l := range i18n.Langs {
		page := h.as("alun").get("/"+string(l)+"/admin/health").want(http.StatusOK).has(h.words.T(l, "admin.health.admins.one"), "golau admin link")
		sound(t, "one administrator", page)
	}
}

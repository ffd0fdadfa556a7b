package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
)

// flipped changes one bit of byte i of what text encodes.
func flipped(t *testing.T, text string, i int) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	raw[(i+len(raw))%len(raw)] ^= 1
	return base64.RawURLEncoding.EncodeToString(raw)
}

// other is another letter than c with the same bits where they count, or not.
func other(c byte, step int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(letters[strings.IndexByte(letters, c)^step])
}

// unsigned is a JWT that claims to be somebody and is signed by nobody.
func unsigned(person string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + enc([]byte(`{"sub":"`+person+`","exp":4102444800}`)) + "."
}

// forgedSessions are values of the session's cookie that are nobody's: good is
// a session that runs, and two another person's.
func forgedSessions(t *testing.T, h *house, good, two string) map[string]string {
	t.Helper()
	sum := sha256.Sum256([]byte(good))
	hash := hex.EncodeToString(sum[:])
	abroad := newHouse(t).visitor().signIn("nia").token()
	setup, _, err := emptyHouse(t).people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	backwards := []byte(good)
	slices.Reverse(backwards)
	f := map[string]string{
		"empty": "", "one letter": good[:1], "cut by one": good[:42], "cut in front": good[1:], "half": good[:21], "one more": good + "A", "twice": good + good,
		"first bit": flipped(t, good, 0), "a bit in the middle": flipped(t, good, 15), "last bit": flipped(t, good, -1),
		"spare bits": good[:42] + other(good[42], 1), "another last letter": good[:42] + other(good[42], 32), "another first letter": other(good[0], 32) + good[1:],
		"capitals": strings.ToUpper(good), "small letters": strings.ToLower(good), "backwards": string(backwards),
		"two people's halves": good[:21] + two[21:], "the other way round": two[:21] + good[21:], "turned": good[21:] + good[:21],
		"padded": good + "=", "other alphabet": base64.StdEncoding.EncodeToString([]byte(good))[:43], "escaped": "%" + hex.EncodeToString([]byte(good[:1])) + good[1:],
		"its hash": hash, "its hash, as long": hash[:43], "its name": hash[:16], "the person": h.id["nia"], "the address": folk["nia"].email,
		"zeroes": strings.Repeat("A", 43), "quotes of SQL": "' OR '1'='1' --" + strings.Repeat(" ", 28), "a pattern": strings.Repeat("%", 43), "letters of two bytes": strings.Repeat("é", 21) + "e",
		"oversized": strings.Repeat("A", 15<<10), "dots": strings.Repeat(".", 15<<10), "signed by nobody": unsigned(h.id["nia"]),
		"of another server": abroad, "a link of another kind": setup,
	}
	for name, value := range f {
		if value == good {
			t.Fatalf("%s is not forged", name)
		}
	}
	return f
}

// T1-16, attacks A10 and A11: a session that was cut, bent, put together, stolen
// from another place or made up opens nothing, shows nothing, changes nothing,
// and is no fault of ours.
func TestForgedSessionsOpenNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	forged := map[string]string{"of who is suspended": h.session["carys"]}
	ended := func(name string, end func(b *browser)) {
		b := h.visitor().signIn("nia")
		forged[name] = b.token()
		end(b)
	}
	ended("expired", func(*browser) { h.clock.Advance(12*time.Hour + time.Second) })
	ended("signed out", func(b *browser) { b.post("/en/sign-out", nil) })
	ended("signed out everywhere", func(b *browser) { b.post("/en/account/sign-out-everywhere", nil) })
	good, two := h.visitor().signIn("nia").token(), h.visitor().signIn("huw").token()
	maps.Copy(forged, forgedSessions(t, h, good, two)) // of sessions that run
	if len(forged) < 25 {
		t.Fatalf("only %d", len(forged))
	}
	before := h.tables()
	for name, value := range forged {
		h.wantNobody(t, name, "Cookie", "__Host-golau="+value)
	}
	for _, name := range []string{"empty", "zeroes", "of another server"} { // no second try
		h.wantNobody(t, name+", the good one after it", "Cookie", "__Host-golau="+forged[name]+"; __Host-golau="+good)
	}
	// A session counts in its cookie alone.
	for name, header := range map[string][]string{
		"another cookie": {"Cookie", "golau=" + good + "; __host-golau=" + good + "; __Secure-golau=" + good}, "a bearer": {"Authorization", "Bearer " + good},
		"a password": {"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("nia:"+good))}, "a header": {"X-Session", good},
	} {
		h.wantNobody(t, name, header...)
	}
	h.visitor().get("/en/account?__Host-golau=" + good + "&token=" + good).leads("/en/sign-in?next=%2Fen%2Faccount")
	h.unchanged(before)
	b := h.visitor()
	b.cookies["__Host-golau"] = good
	b.get("/en/account").want(http.StatusOK).has(folk["nia"].name)
}

// wantNobody sends a header to a page, a form and the script's door, and wants
// each to ask for a sign-in.
func (h *house) wantNobody(t *testing.T, name string, header ...string) {
	t.Helper()
	rename := url.Values{"name": {"Forged Name"}}
	page := h.visitor().get("/en/account", header...)
	if page.Status != http.StatusSeeOther || page.Header.Get("Location") != "/en/sign-in?next=%2Fen%2Faccount" {
		t.Errorf("%s: the page answers %d, to %q", name, page.Status, page.Header.Get("Location"))
	}
	for what, r := range map[string]*reply{
		"the script":        h.visitor().get("/en/account", append(header, "Accept", "application/json")...),
		"the form":          h.visitor().post("/cy/account/name", rename, header...),
		"the script's form": h.visitor().post("/cy/account/name", rename, append(header, "Accept", "application/json")...),
	} {
		if r.Status != http.StatusUnauthorized || strings.Contains(r.Body, folk["nia"].name) {
			t.Errorf("%s: %s is answered %d\n%s", name, what, r.Status, r.gist())
		}
	}
	for _, k := range (&http.Response{Header: page.Header}).Cookies() {
		if k.Name == "__Host-golau" && k.MaxAge >= 0 {
			t.Errorf("%s: a session is given: %s", name, k.Raw)
		}
	}
}

// T1-16, T1-08: a waiting answer that was cut, bent, put together, sealed
// elsewhere or kept too long is never stored. Who signs in with it arrives.
func TestForgedSealsStoreNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, attempt, sent, page := midQuestion(t, h)
	whole := sealedIn(t, page)
	path := questionPath(i18n.CY, attempt, 3)
	sealBy := func(s *web.Seal) string {
		t.Helper()
		text, err := s.Close(web.Pending{Path: path, Form: sent, Person: h.id["huw"]})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	second := sealBy(h.seal) // whole as well, under another nonce
	abroad := sealBy(emptyHouse(t).seal)
	zero, err := web.NewSeal(make([]byte, 32), h.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	std := strings.NewReplacer("-", "+", "_", "/").Replace(whole)
	if std == whole {
		std = whole[:8] + "+/" + whole[10:]
	}
	plain := base64.RawURLEncoding.EncodeToString([]byte(`{"Path":"` + path + `","Form":{"answer":["a"]},"Person":"` + h.id["huw"] + `","At":"2026-11-23T22:00:00Z"}`))
	forged := map[string]string{
		"empty": "", "one letter": whole[:1], "nonce alone": whole[:16], "cut by one": whole[:len(whole)-1], "cut by the tag": whole[:len(whole)-22], "half": whole[:len(whole)/2],
		"cut in front": whole[1:], "one more": whole + "A", "four more": whole + "AAAA", "twice": whole + whole,
		"first bit": flipped(t, whole, 0), "a bit of the nonce": flipped(t, whole, 11), "first bit of the answer": flipped(t, whole, 12), "a bit in the middle": flipped(t, whole, len(whole)/3),
		"a bit before the tag": flipped(t, whole, -17), "first bit of the tag": flipped(t, whole, -16), "last bit": flipped(t, whole, -1),
		"one's nonce, another's answer": whole[:16] + second[16:], "one's answer, another's tag": whole[:len(whole)-24] + second[len(second)-24:],
		"padded": whole + "==", "other alphabet": std, "no base64": "%%%<b>", "a line break in it": whole[:40] + "\n" + whole[40:], "spaces around it": " " + whole + " ", "small letters": strings.ToLower(whole),
		"not sealed": plain, "signed by nobody": unsigned(h.id["huw"]), "a session": h.session["huw"], "oversized": strings.Repeat("A", 60<<10),
		"of another server": abroad, "by a key of zeroes": sealBy(zero),
	}
	if len(forged) < 25 {
		t.Fatalf("only %d", len(forged))
	}
	arrive := func(name, seal string) {
		t.Helper()
		r := h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {seal}})
		if r.Status != http.StatusSeeOther || r.Header.Get("Location") != "/cy/learn" {
			t.Errorf("%s: %d to %q\n%s", name, r.Status, r.Header.Get("Location"), r.gist())
		}
		if n := h.answers(attempt); n != 0 {
			t.Fatalf("%s: %d answers are stored", name, n)
		}
	}
	for name, seal := range forged {
		arrive(name, seal)
	}
	h.clock.Advance(24*time.Hour + time.Second)
	arrive("too old", whole)
	h.clock.Advance(-time.Hour)
	h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {whole}}).leads(path)
	if h.answers(attempt) != 1 {
		t.Error("the whole seal stores nothing: the test proves nothing")
	}
}

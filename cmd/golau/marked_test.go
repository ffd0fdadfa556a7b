package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/quiz"

	"golang.org/x/net/html"
)

// marked checks that what is wrong with a form is said where it is wrong, to
// eyes and to screen readers alike: the control, its message and its hint know
// of each other, its group shows it, and the summary leads there.
func marked(fault func(string, ...any), doc *html.Node) {
	for _, m := range findAll(doc, hasClass("govuk-error-message")) {
		id, group := attr(m, "id"), groupOf(m)
		if group == nil || !hasClass("govuk-form-group--error")(group) {
			fault("the group of %q does not show that it is wrong", id)
		}
		if len(findAll(doc, func(n *html.Node) bool { return isWrong(n) && describedBy(doc, n, id) })) == 0 {
			fault("no control is marked as what %q is about", id)
		}
	}
	for _, group := range findAll(doc, hasClass("govuk-form-group--error")) {
		if find(group, hasClass("govuk-error-message")) == nil {
			fault("a group shows that it is wrong, and does not say how")
		}
	}
	for d := range doc.Descendants() {
		control := tag("input")(d) || tag("select")(d) || tag("textarea")(d)
		choice := attr(d, "type") == "radio" || attr(d, "type") == "checkbox"
		kind := d.Data
		if attr(d, "type") == "file" {
			kind = "file-upload"
		}
		shown := strings.Contains(attr(d, "class"), "govuk-"+kind+"--error")
		switch {
		case control && !choice && isWrong(d) != shown:
			fault("%q: marked as wrong: %v, shown so: %v", attr(d, "id"), isWrong(d), shown)
		case isWrong(d) && !slices.ContainsFunc(describers(doc, d), hasClass("govuk-error-message")):
			fault("%q is wrong, and nothing says how", attr(d, "id"))
		}
		if hint := find(orSelf(groupOf(d), d), hasClass("govuk-hint")); control && hint != nil && !describedBy(doc, d, attr(hint, "id")) {
			fault("%q does not know its hint", attr(d, "id"))
		}
	}
	summary(fault, doc)
}

// summary checks that the list above a form says what stands below, in order,
// and that each line leads to a control that is wrong.
func summary(fault func(string, ...any), doc *html.Node) {
	list, messages := find(doc, hasClass("govuk-error-summary")), findAll(doc, hasClass("govuk-error-message"))
	if list == nil {
		if len(messages) > 0 {
			fault("nothing above the form says that something is wrong")
		}
		return
	}
	links := findAll(list, tag("a"))
	if len(links) != len(messages) {
		fault("the summary has %d links for %d messages", len(links), len(messages))
		return
	}
	for i, a := range links {
		to := find(doc, byID(strings.TrimPrefix(attr(a, "href"), "#")))
		if to == nil || !tag("input")(to) && !tag("select")(to) && !tag("textarea")(to) {
			fault("the summary leads to %s, which is no control", attr(a, "href"))
		} else if !describedBy(doc, to, attr(messages[i], "id")) {
			fault("line %d of the summary leads to %s, which %q is not about", i+1, attr(a, "href"), attr(messages[i], "id"))
		} else if first := find(doc, func(n *html.Node) bool {
			return (tag("input")(n) || tag("select")(n) || tag("textarea")(n)) && describedBy(doc, n, attr(messages[i], "id"))
		}); first != to {
			fault("line %d of the summary leads to %s and not to the first that is wrong", i+1, attr(a, "href"))
		}
		_, says, _ := strings.Cut(textOf(messages[i]), ": ") // after "Error:"
		called, same := strings.CutSuffix(textOf(a), says)   // the summary may name the field first
		if called = strings.TrimRight(called, " :"); !same || to != nil && groupOf(to) != nil && !strings.Contains(textOf(groupOf(to)), called) && !legendSays(to, called) {
			fault("the summary says %q, the field %q", textOf(a), textOf(messages[i]))
		}
	}
}

// legendSays says whether the group of fields in which n stands is called so.
func legendSays(n *html.Node, called string) bool {
	set := around(n, tag("fieldset"))
	return set != nil && strings.Contains(textOf(find(set, tag("legend"))), called)
}

func isWrong(n *html.Node) bool { return attr(n, "aria-invalid") == "true" }

// groupOf is the innermost form group around n.
func groupOf(n *html.Node) *html.Node {
	for p := range n.Ancestors() {
		if hasClass("govuk-form-group")(p) {
			return p
		}
	}
	return nil
}

func orSelf(n, self *html.Node) *html.Node {
	if n != nil {
		return n
	}
	return self
}

// describedBy says whether the element with the id describes n, or the group
// of choices that n belongs to.
func describedBy(doc, n *html.Node, id string) bool {
	return slices.ContainsFunc(describers(doc, n), byID(id))
}

// describers are what aria-describedby of n, and of the fieldsets around it, name.
func describers(doc, n *html.Node) []*html.Node {
	ids := strings.Fields(attr(n, "aria-describedby"))
	for p := range n.Ancestors() {
		if tag("fieldset")(p) {
			ids = append(ids, strings.Fields(attr(p, "aria-describedby"))...)
		}
	}
	var all []*html.Node
	for _, id := range ids {
		if d := find(doc, byID(id)); d != nil {
			all = append(all, d)
		}
	}
	return all
}

// hideable checks that every password is hidden until somebody asks to see it,
// in the page's language, by a button that says which, and that nothing offers to where no script listens.
func hideable(fault func(string, ...any), doc *html.Node) {
	words, _ := i18n.Embedded()
	lang := i18n.Lang(attr(find(doc, tag("html")), "lang"))
	said := map[string]bool{}
	for _, input := range findAll(doc, hasClass("govuk-js-password-input-input")) {
		group, id := groupOf(input), attr(input, "id")
		toggle := find(group, hasClass("govuk-js-password-input-toggle"))
		if attr(group, "data-module") != "govuk-password-input" || attr(input, "type") != "password" || toggle == nil {
			fault("the password %q cannot be shown", id)
			continue
		}
		if attr(toggle, "type") != "button" || attr(toggle, "aria-controls") != id || !hasAttr(toggle, "hidden") {
			fault("the button of the password %q is %v", id, toggle.Attr)
		}
		label := textOf(find(group, tag("label")))
		for name, key := range map[string]string{"show-password": "show", "hide-password": "hide", "show-password-aria-label": "show_password",
			"hide-password-aria-label": "hide_password", "password-shown-announcement": "password_shown", "password-hidden-announcement": "password_hidden"} {
			if got := attr(group, "data-i18n."+name); got != words.T(lang, "form."+key, "Label", label) {
				fault("the password %q says %q", id, got)
			}
		}
		if said[attr(toggle, "aria-label")] {
			fault("two buttons are both called %q", attr(toggle, "aria-label"))
		}
		said[attr(toggle, "aria-label")] = true
		if textOf(toggle) != words.T(lang, "form.show") || !strings.HasPrefix(attr(toggle, "aria-label"), textOf(toggle)) || !strings.HasSuffix(attr(toggle, "aria-label"), label) {
			fault("the button of the password %q says %q", id, textOf(toggle))
		}
	}
	for _, input := range findAll(doc, with("type", "password")) {
		if !hasClass("govuk-js-password-input-input")(input) {
			fault("the password %q cannot be shown", attr(input, "id"))
		}
	}
}

// wrongly checks that a page says what is wrong with exactly these fields.
func wrongly(t *testing.T, state string, r *reply, fields ...string) {
	t.Helper()
	sound(t, state, r.want(http.StatusUnprocessableEntity))
	var said []string
	for _, m := range findAll(r.doc(), hasClass("govuk-error-message")) {
		said = append(said, strings.TrimSuffix(attr(m, "id"), "-error"))
	}
	if !slices.Equal(said, fields) {
		t.Errorf("%s: %s says that %v are wrong, not %v", state, r.path, said, fields)
	}
}

// Every field of every form that can be wrong is marked, alone and together.
func TestWhatIsWrongIsMarked(t *testing.T) {
	t.Parallel()
	h, empty := newHouse(t), emptyHouse(t)
	token, _, err := empty.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs {
		at := func(path string) string { return "/" + string(l) + path }
		v, huw := h.visitor(), h.as("huw")
		wrongly(t, "a wrong password", v.post(at("/sign-in"), url.Values{"email": {"x@y.example"}, "password": {"z"}}), "password")
		wrongly(t, "a wrong number", v.get(at("/verify?number=GL-1")), "number")
		wrongly(t, "no number", v.get(at("/verify?number=+")), "number")
		wrongly(t, "a wrong name", huw.post(at("/account/name"), url.Values{"name": {"1"}}), "name")
		wrongly(t, "no language", huw.post(at("/account/language"), nil), "language")
		wrongly(t, "a wrong password", huw.post(at("/account/password"), url.Values{"old": {"x"}, "new": {"pedair ffenest las olau"}}), "old")
		wrongly(t, "a short password", huw.post(at("/account/password"), url.Values{"old": {password}, "new": {"x"}}), "new")
		wrongly(t, "nothing typed", empty.visitor().post(at("/setup/"+token), nil),
			"name", "email", "password", "job_role", "organisation_en", "organisation_cy", "kind", "board_en", "board_cy")
		unknown := administrator()
		unknown.Set("council", "nowhere")
		wrongly(t, "no such council", empty.visitor().post(at("/setup/"+token), unknown), "council")
	}
}

// An answer that is refused is marked where it is wrong, whatever the question.
func TestARefusedAnswerIsMarked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	met := map[quiz.Kind]bool{}
	for _, who := range boardA {
		b := h.as(who)
		b.readModule(i18n.EN, "what-it-is")
		attempt := b.begin(checkPath("what-it-is"))
		for n := 1; n <= 10; n++ {
			path := questionPath(i18n.CY, attempt, n)
			page := b.get(path).want(http.StatusOK)
			met[refused(t, b, page)] = true
			wrongly(t, "how sure", b.post(path, url.Values{"sure": {"perhaps"}}), "sure")
		}
		if len(met) == 5 {
			return
		}
	}
	t.Errorf("only these kinds were met: %v", met)
}

// refused sends what the question on the page does not offer, and returns its kind.
func refused(t *testing.T, b *browser, page *reply) quiz.Kind {
	t.Helper()
	lists := findAll(find(page.doc(), byID("answer")), tag("select"))
	lines := findAll(page.doc(), hasClass("golau-line"))
	one := func(n *html.Node) string { return attr(n, "name") }
	switch {
	case len(lists) > 0 && strings.HasPrefix(one(lists[0]), "step."):
		step := attr(findAll(lists[0], tag("option"))[1], "value")
		wrongly(t, "a step twice", b.post(page.path, url.Values{"step.1": {step}, "step.3": {step}}), "step.3")
		wrongly(t, "two unknown steps", b.post(page.path, url.Values{"step.3": {"zz"}, "step.2": {"zz"}}), "step.2", "step.3")
		wrongly(t, "no such place", b.post(page.path, url.Values{"step.99": {step}}), "answer")
		return quiz.Ordering
	case len(lists) > 0:
		all, names := url.Values{}, []string{}
		for _, list := range lists {
			all.Set(one(list), "zz")
			names = append(names, one(list))
		}
		wrongly(t, "unknown parts", b.post(page.path, all), names...)
		wrongly(t, "no such row", b.post(page.path, url.Values{"pair.zz": {"zz"}}), "answer")
		return quiz.Matching
	case len(lines) > 0:
		all, names := url.Values{}, []string{}
		for _, line := range lines {
			all.Set(one(find(line, tag("input"))), "zz")
			names = append(names, one(find(line, tag("input"))))
		}
		wrongly(t, "unknown words", b.post(page.path, all), names...)
		wrongly(t, "no such line", b.post(page.path, url.Values{"line.zz": {"zz"}}), "answer")
		return quiz.Rewrite
	}
	wrongly(t, "no such choice", b.post(page.path, url.Values{"answer": {"zz"}}), "answer")
	if find(page.doc(), with("type", "checkbox")) != nil {
		return quiz.Multiple
	}
	return quiz.Single
}

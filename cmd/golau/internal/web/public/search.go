package public

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/modules"
)

type searchPage struct {
	web.Frame
	web.FormErrors
	Course    bool // the lessons are looked through, too
	Asked     string
	Done      bool // something was looked for
	Found     []found
	Elsewhere int // how many there are in the other language, where there is none in this
}

// found is what was found, with the way there.
type found struct {
	modules.Found
	Path string
}

// longestQuery is how many letters are read of what is looked for.
const longestQuery = 200

// NewSearcher looks through the library and what the pages of this room add to it.
func NewSearcher(lib *modules.Library, words *i18n.Catalogue) *modules.Searcher {
	both := func(keys ...string) i18n.Text {
		said := map[i18n.Lang]string{}
		for _, l := range i18n.Langs {
			for _, key := range keys {
				said[l] += " " + words.T(l, key)
			}
		}
		return i18n.Text{EN: strings.TrimSpace(said[i18n.EN]), CY: strings.TrimSpace(said[i18n.CY])}
	}
	var beside []modules.Leaf
	if _, ok := lib.Module(planModule); ok {
		beside = append(beside, modules.Leaf{Kind: modules.FoundPractice, Slug: "plan", Title: both("plan.title"), Text: both("plan.lead", "plan.contacts_lead")})
	}
	return modules.NewSearcher(lib, beside...)
}

// search looks for words in what is open to the viewer: terms, cards, packs, pages
// and what is written to practise, and the lessons with their cases and exercises
// for whoever takes the course. What was looked for is noted nowhere.
func (r *Room) search(c *web.Context, v people.Viewer) error {
	p := &searchPage{Frame: web.Frame{Title: c.T("search.title"), Current: "search"}, Asked: strings.TrimSpace(c.QueryParam("q"))}
	var err error
	if p.Course, err = r.Takes(c.Request().Context(), v, r.Course.Slug); err != nil {
		return err
	}
	p.FormID, p.FormTo, p.FormGet = "search", "/search", true
	if letters := []rune(p.Asked); len(letters) > longestQuery {
		p.Asked = string(letters[:longestQuery])
	}
	if !c.QueryParams().Has("q") || p.Asked == "" && c.QueryParams().Has("switch") {
		return c.Show(http.StatusOK, "public/search", p)
	}
	if !modules.Asks(p.Asked) {
		wrong := problem.InvalidField("q", "search.nothing_asked")
		p.FormErrors = c.FormErrors(wrong, "q")
		return c.Show(web.Status(wrong), "public/search", p)
	}
	p.Done = true
	for _, f := range r.Search.Search(c.Lang, p.Asked, p.Course) {
		p.Found = append(p.Found, found{f, r.wayTo(f)})
	}
	if len(p.Found) == 0 {
		p.Elsewhere = len(r.Search.Search(c.Lang.Other(), p.Asked, p.Course))
	}
	return c.Show(http.StatusOK, "public/search", p)
}

// wayTo is the address of what was found, without its language.
func (r *Room) wayTo(f modules.Found) string {
	switch f.Kind {
	case modules.FoundTerm:
		return "/glossary#" + f.Slug
	case modules.FoundCard:
		return "/cards/" + f.Slug
	case modules.FoundSection:
		return "/learn/" + r.Course.Slug + "/" + f.Slug + "/" + f.Section
	case modules.FoundCase:
		return "/learn/" + r.Course.Slug + "/" + f.Slug + "/cases/" + f.Section
	case modules.FoundExercise:
		return "/learn/" + r.Course.Slug + "/" + f.Slug + "/exercises/" + f.Section
	case modules.FoundPack:
		return "/packs/" + f.Slug
	case modules.FoundPractice:
		if f.Slug == modules.ReferralSlug {
			return "/practice/referral"
		}
	}
	return "/" + f.Slug
}

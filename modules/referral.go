package modules

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"golau/internal/i18n"
)

// Referral is a form of the NRM's kind to practise on: the papers of a fictional
// case, the questions of the form with help, and beside each a model answer and
// what its reader would ask. What somebody writes into it is not the library's to
// know.
type Referral struct {
	// Module is whose practice it is.
	Module      *Module
	Title, Lead i18n.Text
	Papers      []Paper
	Fields      []ReferralField
	// Reader says how whoever decides reads the form; Key is the sentence to take
	// away.
	Reader, Key i18n.Text
	// Facts are the ids of all that it rests on, sorted.
	Facts []string
}

// Paper is one paper of the case: whose note it is, and what it says.
type Paper struct {
	ID      string
	Heading i18n.Text
	Lines   []i18n.Text
}

// ReferralField is one question of the form.
type ReferralField struct {
	// ID names the field in the form that is sent.
	ID          string
	Label, Help i18n.Text
	// Model is what somebody competent wrote, a paragraph a line; Asks is what its
	// reader would still ask.
	Model, Asks []i18n.Text
}

// Referral returns the form to practise on, nil where the course has none.
func (l *Library) Referral() *Referral { return l.referral }

// referralFile is <module>/referral.yaml.
type referralFile struct {
	Module string      `yaml:"module"`
	Welsh  string      `yaml:"welsh"` // draft or reviewed
	Title  i18n.Text   `yaml:"title"`
	Lead   cardLine    `yaml:"lead"`
	Papers []paperFile `yaml:"papers"`
	Fields []fieldFile `yaml:"fields"`
	Reader cardLine    `yaml:"reader"`
	Key    cardLine    `yaml:"key"`
	// RestsOnPractice are the K ids among its facts.
	RestsOnPractice []string `yaml:"rests_on_practice"`
}

type paperFile struct {
	ID      string     `yaml:"id"`
	Heading i18n.Text  `yaml:"heading"`
	Lines   []cardLine `yaml:"lines"`
}

type fieldFile struct {
	ID    string     `yaml:"id"`
	Label i18n.Text  `yaml:"label"`
	Help  cardLine   `yaml:"help"`
	Model []cardLine `yaml:"model"`
	Asks  []cardLine `yaml:"asks"`
}

// referralReader reads the lines of one form.
type referralReader struct {
	*loader
	report
	facts []string
	prose []string // English sentences, for the reading grade
}

func (r *referralReader) say(where string, line cardLine) i18n.Text {
	r.facts = append(r.facts, onlyFacts(line.Facts)...)
	text := r.line(r.report, where, "form", line)
	r.prose = append(r.prose, sentences(text.EN)...)
	return text
}

func (r *referralReader) lines(where string, lines []cardLine) []i18n.Text {
	if len(lines) == 0 {
		r.fault(0, where, "it has no line")
	}
	said := make([]i18n.Text, len(lines))
	for i, line := range lines {
		said[i] = r.say(where, line)
	}
	return said
}

// heading checks words that make no claim.
func (r *referralReader) heading(where string, t i18n.Text) i18n.Text {
	if !t.Complete() {
		r.fault(0, where, "the heading is missing in English or Welsh")
	}
	straight(r.report, where, t.EN+t.CY)
	return t
}

// id checks the name of a paper or field, which stands once.
func (r *referralReader) id(where, id string, seen map[string]bool) {
	if !slugShape.MatchString(id) || seen[id] {
		r.fault(0, where, "the id is not of small letters, digits and dashes, or stands twice")
	}
	seen[id] = true
}

// loadReferral reads the form to practise on, if a module has one.
func (ld *loader) loadReferral(lib *Library) error {
	files, err := fs.Glob(ld.fsys, "*/referral.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		rep := report{file, ld.out}
		var f referralFile
		if err := readYAML(ld.fsys, rep, &f); err != nil {
			return errors.Join(err)
		}
		m, ok := lib.Module(path.Dir(file))
		if !ok || f.Module != m.Slug {
			rep.fault(0, "", "the module is %q, the folder %q", f.Module, path.Dir(file))
		}
		if lib.referral != nil {
			rep.fault(0, "", "%s has a form to practise on already", lib.referral.Module.Slug)
			continue
		}
		lib.referral = ld.readReferral(rep, f, m)
	}
	return nil
}

func (ld *loader) readReferral(rep report, f referralFile, m *Module) *Referral {
	r := &referralReader{loader: ld, report: rep}
	if f.Welsh != "draft" && f.Welsh != "reviewed" {
		r.fault(0, "", "welsh is %q; it is draft or reviewed", f.Welsh)
	}
	all := &Referral{Module: m, Title: r.heading("title", f.Title), Lead: r.say("lead", f.Lead)}
	seen := map[string]bool{}
	for _, p := range f.Papers {
		where := "paper " + p.ID
		r.id(where, p.ID, seen)
		all.Papers = append(all.Papers, Paper{p.ID, r.heading(where, p.Heading), r.lines(where, p.Lines)})
	}
	seen = map[string]bool{}
	for _, x := range f.Fields {
		where := "field " + x.ID
		r.id(where, x.ID, seen)
		all.Fields = append(all.Fields, ReferralField{x.ID, r.heading(where, x.Label), r.say(where, x.Help), r.lines(where+" model", x.Model), r.lines(where+" asks", x.Asks)})
	}
	if len(f.Papers) == 0 || len(f.Fields) == 0 {
		r.fault(0, "", "the form has no papers or no fields")
	}
	all.Reader, all.Key = r.say("reader", f.Reader), r.say("key", f.Key)
	slices.Sort(r.facts)
	all.Facts = slices.Compact(r.facts)
	r.checkPractised(f.RestsOnPractice)
	if g := grade(r.prose); g > highestGrade {
		r.warn(0, "", "reading grade %.1f; aim for %.0f or below", g, highestGrade)
	}
	return all
}

// checkPractised holds the list of what rests on practice to the facts named:
// neither more nor less.
func (r *referralReader) checkPractised(listed []string) {
	var practice []string
	for _, id := range slices.Compact(slices.Sorted(slices.Values(r.facts))) {
		if r.refs.ids[id].Confidence == "K" {
			practice = append(practice, id)
		}
	}
	for _, id := range practice {
		if !slices.Contains(listed, id) {
			r.fault(0, "rests_on_practice", "%s is practice and is not listed", id)
		}
	}
	for _, id := range listed {
		if !slices.Contains(r.facts, id) {
			r.fault(0, "rests_on_practice", "%s is listed, and nothing rests on it", id)
		}
	}
}

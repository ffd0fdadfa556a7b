package modules

import (
	"errors"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"

	"golau/internal/yamlfile"

	"golau/internal/i18n"
)

// Fact is a sentence that goes out of date, kept once and called by
// {{fact key}}.
type Fact struct {
	Key  string    `yaml:"key"`
	Text i18n.Text `yaml:",inline"`
	// Phone is the telephone number that the sentence names, as it is written
	// there; where the sentence is called, it is a link. Empty for none.
	Phone string `yaml:"phone"`
	// IDs are the facts of the register it says, Source where they were read.
	IDs        []string `yaml:"ids"`
	Source     string   `yaml:"source"`
	Confidence string   `yaml:"confidence"`
	// OpenQuestion is what a reviewer must settle, empty for nothing.
	OpenQuestion string `yaml:"open_question"`
	// CheckedOn and ReviewBy are days (2026-11-21) set by the reviewer against the
	// live source; empty means not yet checked.
	CheckedOn string `yaml:"checked_on"`
	ReviewBy  string `yaml:"review_by"`

	file string
}

// Source is where facts were read.
type Source struct {
	ID    string    `yaml:"id"`
	Title i18n.Text `yaml:"title"`
	// URL is the address of the page or site, empty where none is known.
	URL          string `yaml:"url"`
	Jurisdiction string `yaml:"jurisdiction"`
	// Read says how it was read: ReadArchived or ReadLive.
	Read string `yaml:"read"`
}

// label names the words that say how the source was read.
func (s Source) label() string {
	if s.Read == ReadLive {
		return "read-live"
	}
	return "read-archived"
}

// How a source was read.
const (
	ReadArchived = "archived copy"
	ReadLive     = "live page"
)

// register is one line of fact-ids.yaml: what may be taught, and how sure it is.
type register struct {
	Confidence string   `yaml:"confidence"`
	Sources    []string `yaml:"sources"`
	Text       string   `yaml:"text"`
	// CY is the sentence in Welsh, for a fact that awaits a check: the page of
	// sources shows it.
	CY string `yaml:"cy"`
}

// Confidences of the register. Changed facts are history: "no longer so".
var confidences = []string{"V", "V2", "K", "SEED", changed}

const changed = "CHANGED"

// Words in a fact comment that are not facts: fiction, an instruction, the list
// of contacts, what this site itself does, and the marks that a changed fact is told
// as past and that words are quoted to be looked at.
var tokens = []string{"case", "task", "contacts", "site", "past", quoted}

// references is what the texts may refer to.
type references struct {
	facts   map[string]Fact
	sources []Source
	ids     map[string]register
}

func (r references) known(id string) bool {
	_, ok := r.ids[id]
	return ok || slices.Contains(tokens, id)
}

// Known reports whether a question may name id as what it rests on: a fact of
// the register, or one of the words that are no facts.
func (l *Library) Known(id string) bool { return references{ids: l.ids}.known(id) }

func (r references) hasSource(id string) bool {
	return slices.ContainsFunc(r.sources, func(s Source) bool { return s.ID == id })
}

// loadReferences reads the register, the sources and the facts files.
func loadReferences(fsys fs.FS, out *[]Finding) (references, error) {
	refs := references{facts: map[string]Fact{}}
	var sources struct {
		Welsh   string
		Sources []Source
	}
	if err := readYAML(fsys, report{"sources.yaml", out}, &sources); err != nil {
		return refs, err
	}
	refs.sources = sources.Sources
	var ids struct{ Facts map[string]register }
	if err := readYAML(fsys, report{"fact-ids.yaml", out}, &ids); err != nil {
		return refs, err
	}
	refs.ids = ids.Facts
	checkSources(refs, report{"sources.yaml", out})
	checkRegister(refs, report{"fact-ids.yaml", out})
	files, err := fs.Glob(fsys, "facts*.yaml")
	if err != nil {
		return refs, err
	}
	if len(files) == 0 {
		return refs, errors.New("facts.yaml is missing")
	}
	for _, file := range files {
		if err := refs.addFacts(fsys, report{file, out}); err != nil {
			return refs, err
		}
	}
	return refs, nil
}

func (r references) addFacts(fsys fs.FS, rep report) error {
	var file struct {
		Welsh string
		Facts []Fact
	}
	if err := readYAML(fsys, rep, &file); err != nil {
		return err
	}
	unchecked := 0
	for _, f := range file.Facts {
		f.file = rep.file
		where := "fact " + f.Key
		if _, twice := r.facts[f.Key]; twice {
			rep.fault(0, where, "the key stands twice")
		}
		if !f.Text.Complete() {
			rep.fault(0, where, "words are missing in English or Welsh")
		}
		if !strings.Contains(f.Text.EN, f.Phone) || !strings.Contains(f.Text.CY, f.Phone) {
			rep.fault(0, where, "the telephone number %q does not stand in both sentences as it is written", f.Phone)
		} else if f.Phone != "" && !dialled.MatchString(f.number()) {
			rep.fault(0, where, "%q is not a telephone number", f.Phone)
		}
		if !r.hasSource(f.Source) {
			rep.fault(0, where, "the source %q is not in sources.yaml", f.Source)
		}
		for _, id := range f.IDs {
			if !r.known(id) {
				rep.fault(0, where, "the fact id %s is not in fact-ids.yaml", id)
			}
		}
		for _, day := range []string{f.CheckedOn, f.ReviewBy} {
			if _, err := parseDay(day); err != nil {
				rep.fault(0, where, "%q is not a day like 2026-11-21", day)
			}
		}
		straight(rep, where, f.Text.EN+" "+f.Text.CY)
		r.checkBoth(rep, where, f.Text, f.IDs)
		if f.CheckedOn == "" {
			unchecked++
		}
		r.facts[f.Key] = f
	}
	if unchecked > 0 {
		rep.warn(0, "", "%d of %d sentences have not been checked against their live source", unchecked, len(file.Facts))
	}
	return nil
}

// Weak says that the sentence was read in a secondary source only.
func (f Fact) Weak() bool { return f.Confidence == "V2" }

// number is the telephone number as a telephone takes it from a link.
func (f Fact) number() string { return strings.ReplaceAll(f.Phone, " ", "") }

// linked is the sentence as Markdown, its telephone number a link.
func (f Fact) linked(l i18n.Lang) string {
	if f.Phone == "" {
		return f.Text.In(l)
	}
	return strings.Replace(f.Text.In(l), f.Phone, "["+f.Phone+"](tel:"+f.number()+")", 1)
}

func checkSources(refs references, rep report) {
	seen := map[string]bool{}
	for _, s := range refs.sources {
		where := "source " + s.ID
		if seen[s.ID] {
			rep.fault(0, where, "the id stands twice")
		}
		seen[s.ID] = true
		if !s.Title.Complete() {
			rep.fault(0, where, "the title is missing in English or Welsh")
		}
		if u, err := url.Parse(s.URL); s.URL != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
			rep.fault(0, where, "the address %q is not https://…", s.URL)
		}
		if s.Read != ReadArchived && s.Read != ReadLive {
			rep.fault(0, where, "read is %q; say %q or %q", s.Read, ReadArchived, ReadLive)
		}
	}
}

func checkRegister(refs references, rep report) {
	for _, id := range sortedKeys(refs.ids) {
		entry := refs.ids[id]
		if !slices.Contains(confidences, entry.Confidence) {
			rep.fault(0, id, "the confidence %q is none of %s", entry.Confidence, strings.Join(confidences, ", "))
		}
		if entry.Text == "" || entry.awaitsCheck() && entry.CY == "" {
			rep.fault(0, id, "it awaits a check, and its sentence (text, and cy for the Welsh) is missing")
		}
		for _, s := range entry.Sources {
			if !refs.hasSource(s) {
				rep.fault(0, id, "the source %q is not in sources.yaml", s)
			}
		}
	}
}

// Due returns a warning for every sentence, card and figure whose review date
// lies before now.
func (l *Library) Due(now time.Time) []Finding {
	var due []Finding
	for _, key := range sortedKeys(l.facts) {
		if f := l.facts[key]; over(f.ReviewBy, now) {
			report{f.file, &due}.warn(0, "fact "+key, "was to be reviewed by %s", f.ReviewBy)
		}
	}
	for _, c := range l.cards {
		if c.OutOfDate(now) {
			report{c.file, &due}.warn(0, "", "the card was to be reviewed by %s", c.ReviewBy)
		}
	}
	return append(due, l.dueFigures(now)...)
}

// over says whether a day lies before now. The day itself is still good: it is
// over when the next one has begun.
func over(iso string, now time.Time) bool {
	day, err := parseDay(iso)
	return err == nil && !day.IsZero() && !now.Before(day.AddDate(0, 0, 1))
}

// parseDay reads a day as it begins in London; an empty one is the zero time.
func parseDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, s, i18n.London())
}

// readYAML decodes a file into v, refusing keys that nothing reads. A fault in
// the file is a finding; the error is for a file that is not there.
func readYAML(fsys fs.FS, rep report, v any) error {
	raw, err := fs.ReadFile(fsys, rep.file)
	if err != nil {
		return err
	}
	var wrong *yamlfile.Fault
	if errors.As(yamlfile.Decode(raw, v), &wrong) {
		rep.fault(wrong.Line, "", "%s", wrong.What)
	}
	return nil
}

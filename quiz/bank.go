package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
)

// Kind is the way a question is answered.
type Kind string

// The kinds of question.
const (
	Single   Kind = "single"   // choose the best
	Multiple Kind = "multiple" // choose every one that fits
	Ordering Kind = "ordering" // put the steps in order
	Matching Kind = "matching" // give each left its right
	Rewrite  Kind = "rewrite"  // choose the wording of each line
)

// Bank is the questions of one assessment as their author wrote them, key and
// all. It stays inside this package's verbs: pages are given a Paper.
type Bank struct {
	ID        string         // file name without its ending: a module's slug, or "final"
	File      string         // for findings
	Module    string         // slug; "" where questions come from several modules
	Final     bool           // a final assessment: no feedback, several modules
	Edition   string         // first 12 hex digits of the SHA-256 of the questions
	Shown     string         // the same of what a learner sees of them before the mark
	questions []question     // in the order of the file
	lines     map[string]int // of the file, where each question begins
}

// Banks is every bank, read once when the program starts.
type Banks struct{ byID map[string]*Bank }

// Bank returns the bank with an id, or nil.
func (b *Banks) Bank(id string) *Bank { return b.byID[id] }

// IDs lists the banks, sorted.
func (b *Banks) IDs() []string {
	var ids []string
	for id := range b.byID {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Target is what a question tests: an objective of a module.
type Target struct {
	Module    string `json:"module"`
	Objective string `json:"objective"`
}

// ObjectiveCount is how many questions of a bank test an objective.
type ObjectiveCount struct {
	Target
	Questions int
}

// Objectives counts the questions of each objective, in the order in which the
// bank first names them.
func (b *Bank) Objectives() []ObjectiveCount {
	var counts []ObjectiveCount
	for _, q := range b.questions {
		i := slices.IndexFunc(counts, func(c ObjectiveCount) bool { return c.Target == q.target() })
		if i < 0 {
			counts, i = append(counts, ObjectiveCount{Target: q.target()}), len(counts)
		}
		counts[i].Questions++
	}
	return counts
}

// about returns the questions that test any of targets; all when there are none.
func (b *Bank) about(targets []Target) []question {
	if len(targets) == 0 {
		return b.questions
	}
	var some []question
	for _, q := range b.questions {
		if slices.Contains(targets, q.target()) {
			some = append(some, q)
		}
	}
	return some
}

// Len is the number of questions.
func (b *Bank) Len() int { return len(b.questions) }

// Link is where a question says it is taught and on which facts it rests, for
// the cross-check with the modules at the start.
type Link struct {
	ID, Module, Objective, Section string
	Facts                          []string
	File                           string
	Line                           int // where it begins
}

// Links lists what each question refers to, without its texts or its key.
func (b *Bank) Links() []Link {
	links := make([]Link, len(b.questions))
	for i, q := range b.questions {
		links[i] = Link{q.ID, q.Module, q.Objective, q.Section, q.allFacts(), b.File, b.lines[q.ID]}
	}
	return links
}

// question is one question of a bank. Which of Options, Steps, Pairs and Lines
// it has follows from its Type.
type question struct {
	ID         string    `yaml:"id"`
	Type       Kind      `yaml:"type"`
	Module     string    `yaml:"module"`
	Objective  string    `yaml:"objective"`
	Section    string    `yaml:"section"`
	Difficulty int       `yaml:"difficulty"`
	Mistake    string    `yaml:"mistake"`
	Facts      []string  `yaml:"facts"`
	Stem       i18n.Text `yaml:"stem"`
	Options    []option  `yaml:"options"`
	Steps      []step    `yaml:"steps"`
	Pairs      []pair    `yaml:"pairs"`
	Lines      []line    `yaml:"lines"`
}

func (q question) target() Target { return Target{q.Module, q.Objective} }

func (q question) allFacts() []string {
	facts := slices.Clone(q.Facts)
	for _, o := range q.Options {
		facts = append(facts, o.Facts...)
	}
	for _, s := range q.Steps {
		facts = append(facts, s.Facts...)
	}
	for _, p := range q.Pairs {
		facts = append(facts, p.Facts...)
	}
	for _, l := range q.Lines {
		for _, o := range l.Options {
			facts = append(facts, o.Facts...)
		}
	}
	slices.Sort(facts)
	return slices.Compact(facts)
}

type option struct {
	ID       string    `yaml:"id"`
	Worth    worth     `yaml:"worth"`
	Facts    []string  `yaml:"facts"`
	Text     i18n.Text `yaml:"text"`
	Feedback i18n.Text `yaml:"feedback"`
}

// step of an ordering question; the file has them in the right order.
type step struct {
	ID       string    `yaml:"id"`
	Facts    []string  `yaml:"facts"`
	Text     i18n.Text `yaml:"text"`
	Feedback i18n.Text `yaml:"feedback"`
}

type pair struct {
	ID       string    `yaml:"id"`
	Facts    []string  `yaml:"facts"`
	Left     i18n.Text `yaml:"left"`
	Right    i18n.Text `yaml:"right"`
	Feedback i18n.Text `yaml:"feedback"`
}

type line struct {
	ID      string    `yaml:"id"`
	Label   i18n.Text `yaml:"label"`
	Options []option  `yaml:"options"`
}

// worth is 1, 0.5 or 0 as written; anything else is kept for the check to name.
type worth string

func (w worth) valid() bool { return w == "1" || w == "0.5" || w == "0" }

// of returns w's part of a share.
func (w worth) of(share Credit) Credit {
	switch w {
	case "1":
		return share
	case "0.5":
		return share / 2
	}
	return 0
}

// bankFile is the shape of a file in quiz/bank.
type bankFile struct {
	Module     string     `yaml:"module"`
	Assessment string     `yaml:"assessment"`
	Welsh      string     `yaml:"welsh"`
	Questions  []question `yaml:"questions"`
}

// Load reads every *.yaml in fsys and checks it. Faults are findings, so that
// an author sees all of them at once; a bank that cannot be read at all is left
// out. The error is for a folder that cannot be read.
func Load(fsys fs.FS) (*Banks, []Finding, error) {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("quiz banks: %w", err)
	}
	if len(files) == 0 {
		return nil, nil, errors.New("quiz banks: there is no .yaml file in the folder")
	}
	banks := &Banks{byID: map[string]*Bank{}}
	var findings []Finding
	for _, file := range files {
		raw, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, nil, fmt.Errorf("quiz banks: %w", err)
		}
		b, err := read(file, raw)
		if err != nil {
			findings = append(findings, Finding{File: file, Message: err.Error()})
			continue
		}
		banks.byID[b.ID] = b
		findings = append(findings, b.check()...)
	}
	return banks, append(findings, banks.checkIDs()...), nil
}

// read parses one file.
func read(file string, raw []byte) (*Bank, error) {
	var f bankFile
	if err := yamlfile.Decode(raw, &f); err != nil {
		return nil, err
	}
	b := &Bank{
		ID: strings.TrimSuffix(path.Base(file), ".yaml"), File: file,
		Module: f.Module, Final: f.Assessment == "final", questions: f.Questions,
		lines: linesOf(raw),
	}
	switch {
	case f.Assessment != "" && f.Assessment != "final":
		return nil, fmt.Errorf("assessment is %q: it is final or left out", f.Assessment)
	case b.Final == (b.Module != ""):
		return nil, errors.New("a bank has either module: or assessment: final")
	case !b.Final && b.Module != b.ID:
		return nil, fmt.Errorf("module is %q, so the file is %s.yaml", b.Module, b.Module)
	}
	for i := range b.questions {
		if b.questions[i].Module == "" {
			b.questions[i].Module = b.Module
		}
	}
	// The edition is of what is asked, not of the file: a comment changes nothing.
	said, err := json.Marshal(b.questions)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(said)
	b.Edition = hex.EncodeToString(sum[:6])
	b.Shown, err = shownEdition(b.questions)
	return b, err
}

package modules

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
)

// unheld are the files whose words are not the course's own: the register and the
// titles of what was read, and the table itself.
var unheld = []string{wordsFile, "fact-ids.yaml", "sources.yaml", "review.yaml"}

// CheckWords holds every text of the course and of its question banks to the table
// of words that are not used. It reads the files again, so that it can name the
// line: it is for authors, and no start waits for it.
func CheckWords(content, banks fs.FS) ([]Finding, error) {
	var found []Finding
	table, err := loadShunned(content, &found)
	if err != nil || table == nil {
		return found, err
	}
	for of, files := range map[string]fs.FS{"": content, "bank/": banks} {
		err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || of == "" && slices.Contains(unheld, file) {
				return err
			}
			raw, err := fs.ReadFile(files, file)
			if err != nil {
				return err
			}
			r := wordReader{report{of + file, &found}, table}
			switch lang := langOf(file); {
			case path.Ext(file) == ".yaml":
				whole := yamlfile.Whole(raw)
				r.yaml(whole, saidIn{record: whole.At("kind").Text() == "rewrite"})
			case lang != "":
				r.document(lang, string(raw), path.Base(file) != string(lang)+".md")
			}
			return nil
		})
		if err != nil {
			return found, err
		}
	}
	sortFindings(found)
	return found, nil
}

// langOf is the language of a text: en.md, pack.en.md; "" for another file.
func langOf(file string) i18n.Lang {
	for _, l := range i18n.Langs {
		if name := path.Base(file); name == string(l)+".md" || strings.HasSuffix(name, "."+string(l)+".md") {
			return l
		}
	}
	return ""
}

// wordReader looks through the words of one file.
type wordReader struct {
	report
	table shun
}

func (r wordReader) say(lang i18n.Lang, line int, where, text string, marks []string) {
	r.table.in(lang, text, marks, func(at int, f shunnedForm) {
		hint := "; where it is quoted to be looked at, add quoted to the facts"
		if f.was {
			hint = "; where it is history, add past to the facts"
		}
		r.fault(line+strings.Count(text[:at], "\n"), where, "“%s” is not used: write “%s”%s", f.said, f.better, hint)
	})
}

// document looks through a Markdown file.
func (r wordReader) document(lang i18n.Lang, raw string, page bool) {
	doc := parseDocument(report{r.file, &[]Finding{}}, raw, page)
	r.say(lang, 1, "", doc.title, nil)
	blocks := func(where string, of []block) {
		for _, b := range of {
			line := b.line
			if _, fenced := fences[b.kind]; fenced { // the text begins below the colons
				r.say(lang, line, where, b.arg, b.facts)
				line++
			}
			r.say(lang, line, where, b.text, b.facts)
		}
	}
	blocks("", doc.head)
	for _, s := range doc.sections {
		r.say(lang, s.line, "section "+s.id, s.title, nil)
		blocks("section "+s.id, s.blocks)
	}
}

// saidIn is what is known of a place in a YAML file from what stands around it.
type saidIn struct {
	lang   i18n.Lang
	where  string
	marks  []string
	wrong  bool   // what is chosen here is not what one should say
	record bool   // the file is a record to be put into better words
	best   string // of the line of such a record
}

// yaml looks through a part of a YAML file.
func (r wordReader) yaml(p yamlfile.Place, in saidIn) {
	if text := p.Text(); text != "" {
		if in.lang != "" && !in.wrong {
			r.say(in.lang, p.Line, in.where, text, in.marks)
		}
		return
	}
	for item := range p.Items() {
		r.yaml(item, in)
	}
	if id := p.At("id").Text(); id != "" {
		in.where = strings.TrimPrefix(fmt.Sprintf("%s, %s", in.where, id), ", ")
	}
	for _, key := range []string{"facts", "ids"} {
		if own := slices.Collect(p.At(key).Items()); own != nil {
			in.marks = nil
			for _, fact := range own {
				in.marks = append(in.marks, fact.Text())
			}
		}
	}
	if best := p.At("best").Text(); in.record && best != "" {
		in.best = best
	}
	for key, part := range p.Fields() {
		at := in
		at.wrong = at.wrong || r.chosenAmiss(p, key, in)
		if lang, ok := i18n.ParseLang(key); ok {
			at.lang = lang
		}
		r.yaml(part, at)
	}
}

// chosenAmiss says whether the words under a key are what somebody may choose and
// should not: an option worth nothing, a step of a case that is not recommended,
// the line of a record as it was first written, or a wording that is not the best.
func (r wordReader) chosenAmiss(p yamlfile.Place, key string, in saidIn) bool {
	switch path, worth := p.At("path").Text(), p.At("worth").Text(); {
	case key == "text":
		return worth == "0" || path != "" && path != "recommended" || in.record && p.At("best").Text() != ""
	case in.record && in.best != "" && (key == "en" || key == "cy"):
		id := p.At("id").Text()
		return id != "" && id != in.best
	}
	return false
}

package modules

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
)

// custom is the confidence of what experienced people do and no source says.
const custom = "K"

// practice says whether a fact is practice. The seed of a case is a story.
func (r references) practice(id string) bool {
	return r.ids[id].Confidence == custom && !strings.HasPrefix(id, "SC-")
}

// Practice says whether a fact of the register is professional practice: it is
// worded as that, and never as law, number or deadline.
func (l *Library) Practice(id string) bool { return references{ids: l.ids}.practice(id) }

// Past says whether a fact of the register is no longer so.
func (l *Library) Past(id string) bool { return l.ids[id].Confidence == changed }

// binding is what law says, and practice does not.
var binding = map[i18n.Lang]*regexp.Regexp{
	i18n.EN: regexp.MustCompile(`(?i)\bmust\b|\bby law\b|\bthe law (?:says|requires)\b|\bwithin (?:\d+|an|one|two|three|six|twelve|24|48|72) (?:hours?|days?|working days?)\b`),
	i18n.CY: regexp.MustCompile(`(?i)(?:^|[^\pL])(?:rhaid|yn ôl y gyfraith|drwy’r gyfraith|o fewn (?:\d+|un|dau|dwy|tri|tair|chwe|deuddeg) ?(?:awr|oriau|o oriau|diwrnod|ddiwrnod|niwrnod|dyddiau|o ddyddiau))(?:$|[^\pL])`),
}

// bindingStems stand in every text that could bind: most have none, and are done with.
var bindingStems = map[i18n.Lang][]string{i18n.EN: {"must", "law", "within"}, i18n.CY: {"rhaid", "gyfraith", "o fewn"}}

// notBinding is what looks like it: there is no need, it is not so that.
var notBinding = regexp.MustCompile(`(?i)(?:nid oes|does dim|nad oes|heb fod) (?:yn )?rhaid`)

// BindingWords returns the words of a text that say law, number or deadline, ""
// for none. What somebody says in it is theirs.
func BindingWords(lang i18n.Lang, text string) string {
	low := strings.ToLower(text)
	if !slices.ContainsFunc(bindingStems[lang], func(stem string) bool { return strings.Contains(low, stem) }) {
		return ""
	}
	for _, marked := range heldUp {
		text = marked.ReplaceAllString(text, "“”")
	}
	text = notBinding.ReplaceAllString(text, "")
	return strings.TrimFunc(binding[lang].FindString(text), func(r rune) bool { return !isWord(r) })
}

// checkWorded warns where a text rests on practice alone and says law.
func (r references) checkWorded(rep report, line int, where string, lang i18n.Lang, text string, facts []string) {
	ids := onlyFacts(facts)
	if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return !r.practice(id) }) {
		return
	}
	if w := BindingWords(lang, text); w != "" {
		rep.warn(line, where, "“%s” rests on practice alone (%s): word it as practice (“It is good practice to …”, “Arfer da yw …”), or name the fact that binds", w, strings.Join(ids, " "))
	}
}

// checkWordedBlock does so for a block, and for each item that has facts of its own.
func (r references) checkWordedBlock(rep report, where string, lang i18n.Lang, b block) {
	if len(b.own) == 0 {
		r.checkWorded(rep, b.line, where, lang, b.text, b.facts)
	}
	for _, item := range b.own {
		r.checkWorded(rep, item.line, where, lang, item.text, item.facts)
	}
}

// CheckPractice holds the rests_on_practice of every module to what it rests on:
// its lesson, objectives, cases, exercises, card and pack, and the questions about
// it, of which asked returns the facts. The referral has a list of its own.
func CheckPractice(content fs.FS, l *Library, asked func(module string) []string) []Finding {
	var out []Finding
	refs := references{ids: l.ids}
	for _, m := range l.Modules {
		used := map[string]bool{}
		for _, id := range append(l.restsOn(m), asked(m.Slug)...) {
			used[id] = refs.practice(id)
		}
		rep, before := report{m.Slug + "/module.yaml", &out}, len(out)
		for _, id := range sortedKeys(used) {
			if used[id] && !slices.Contains(m.RestsOnPractice, id) {
				rep.fault(0, "rests_on_practice", "%s is practice, and the module rests on it: add it to the list", id)
			}
		}
		for _, id := range m.RestsOnPractice {
			if _, ok := used[id]; !ok {
				rep.fault(0, "rests_on_practice", "%s is listed, and nothing of the module rests on it: take it out", id)
			}
		}
		lineAt(content, out[before:], "rests_on_practice")
	}
	return out
}

// restsOn returns the facts that a module names, some of them more than once: those
// of its lesson and objectives, its cases and exercises, its card and its pack.
func (l *Library) restsOn(m *Module) []string {
	var ids []string
	for _, s := range m.Sections {
		ids = append(ids, s.Facts...)
		for _, key := range s.FactKeys {
			ids = append(ids, l.facts[key].IDs...)
		}
	}
	for _, o := range m.Objectives {
		ids = append(ids, o.Facts...)
	}
	for _, s := range m.Cases {
		for _, said := range s.Everything() {
			ids = append(ids, said.Facts...)
		}
	}
	for _, e := range m.Exercises {
		for _, said := range e.Everything() {
			ids = append(ids, said.Facts...)
		}
	}
	if c, ok := l.Card(m.Slug); ok {
		ids = append(ids, c.Facts...)
	}
	if p, ok := l.Pack(m.Slug); ok {
		ids = append(ids, p.Facts...)
	}
	return ids
}

// lineAt gives findings of one YAML file the line of a key of it.
func lineAt(content fs.FS, found []Finding, key string) {
	if len(found) == 0 {
		return
	}
	raw, err := fs.ReadFile(content, found[0].File)
	if err != nil {
		return // then they have no line, as before
	}
	line := max(1, yamlfile.Whole(raw).At(key).Line)
	for i := range found {
		found[i].Line = line
	}
}

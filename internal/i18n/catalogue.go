package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed messages
var embedded embed.FS

// Messages returns the message files that are compiled into the program, the
// shape Load expects.
func Messages() fs.FS {
	sub, err := fs.Sub(embedded, "messages")
	if err != nil {
		panic(err) // the folder is named in the embed line above
	}
	return sub
}

// Embedded returns the catalogue of the compiled-in messages, loaded once.
func Embedded() (*Catalogue, error) { return loadEmbedded() }

var loadEmbedded = sync.OnceValues(func() (*Catalogue, error) { return Load(Messages()) })

// Catalogue answers with the words of a key. It is complete in both languages
// or it does not exist, and it is safe for concurrent use.
type Catalogue struct {
	// plain holds the messages without a placeholder: most of a page, so they
	// are one map lookup and no template.
	plain map[Lang]map[string]string
	// rich holds the keys of all others; true where the count chooses a form.
	rich   map[string]bool
	engine map[Lang]*i18n.Localizer
}

// textParser makes a forgotten argument an error instead of "<no value>".
var textParser = &template.TextParser{Option: "missingkey=error"}

// T returns the message key in language l. Arguments are pairs of name and
// value; "Count" also chooses the plural form. A message that cannot be said
// (unknown key, missing argument) comes back as the key in brackets, which the
// page tests look for: a reader meets an odd word rather than an error page.
func (c *Catalogue) T(l Lang, key string, args ...any) string {
	if text, ok := c.plain[l][key]; ok {
		return text
	}
	missing := "[" + key + "]"
	plural, known := c.rich[key]
	if !known || len(args)%2 != 0 {
		return missing
	}
	data := make(map[string]any, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return missing
		}
		data[name] = args[i+1]
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: data, TemplateParser: textParser}
	if plural {
		if config.PluralCount = data["Count"]; config.PluralCount == nil {
			return missing // without a count the engine would quietly say "other"
		}
	}
	said, err := c.engine[l].Localize(config)
	if err != nil {
		return missing
	}
	return said
}

// TArgs is T for arguments that are already a map, as a problem carries them.
func (c *Catalogue) TArgs(l Lang, key string, args map[string]any) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return c.T(l, key, pairs...)
}

// Has says whether key is in the catalogue.
func (c *Catalogue) Has(key string) bool {
	_, plain := c.plain[EN][key]
	_, rich := c.rich[key]
	return plain || rich
}

// Keys returns every key, sorted.
func (c *Catalogue) Keys() []string {
	keys := make([]string, 0, len(c.plain[EN])+len(c.rich))
	for key := range c.plain[EN] {
		keys = append(keys, key)
	}
	for key := range c.rich {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// newCatalogue puts checked entries into the engine.
func newCatalogue(entries map[Lang]map[string]entry) (*Catalogue, error) {
	bundle := i18n.NewBundle(language.English)
	c := &Catalogue{
		plain:  map[Lang]map[string]string{},
		rich:   map[string]bool{},
		engine: map[Lang]*i18n.Localizer{},
	}
	for _, l := range Langs {
		c.plain[l] = map[string]string{}
		tag := language.Make(string(l))
		for key, e := range entries[l] {
			if e.isPlain() {
				c.plain[l][key] = e.forms["other"]
				continue
			}
			c.rich[key] = e.plural
			m := &i18n.Message{
				ID: key, Zero: e.forms["zero"], One: e.forms["one"], Two: e.forms["two"],
				Few: e.forms["few"], Many: e.forms["many"], Other: e.forms["other"],
			}
			if err := bundle.AddMessages(tag, m); err != nil {
				return nil, fmt.Errorf("message %s in %s: %w", key, l, err)
			}
		}
		c.engine[l] = i18n.NewLocalizer(bundle, string(l))
	}
	return c, nil
}

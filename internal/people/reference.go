package people

import (
	"context"
	"embed"
	"fmt"
	"sync"

	"golau/internal/i18n"
	"golau/internal/store"

	"golau/internal/yamlfile"
)

//go:embed reference/*.yaml
var referenceFiles embed.FS

// Body is a public body as the reference files know it.
type Body struct {
	Key    string `yaml:"key"`
	EN     string `yaml:"en"`
	CY     string `yaml:"cy"`
	Board  string `yaml:"board"`  // of a council: key of its safeguarding board
	Health string `yaml:"health"` // of a council: key of its health board
	Police string `yaml:"police"` // of a council: key of its police force
	// A council's numbers, with the day somebody checked them.
	DayNumber        string `yaml:"day_number"`
	OutOfHoursNumber string `yaml:"out_of_hours_number"`
	CheckedOn        string `yaml:"checked_on"`
	Website          string `yaml:"website"`
	// Conf says how sure the Welsh name is: V was seen in an official source, K
	// or nothing is still to be checked. Site is where, AKA another name.
	Conf string `yaml:"conf"`
	Site string `yaml:"site"`
	AKA  string `yaml:"aka"`
}

// Checked says whether the Welsh name was seen in an official source.
func (b Body) Checked() bool { return b.Conf == "V" }

// Name is the body's name in both languages.
func (b Body) Name() i18n.Text { return i18n.Text{EN: b.EN, CY: b.CY} }

// Reference is what is known of Wales before anybody has signed in: forms offer
// it. It is not in the database, but for the councils.
type Reference struct {
	Councils     []Body
	Safeguarding []Body
	Health       []Body
	Police       []Body
	Kinds        Kinds   `yaml:"-"`
	Domains      domains `yaml:"-"`
}

// LoadReference reads the embedded reference files, once.
var LoadReference = sync.OnceValues(func() (*Reference, error) {
	var r Reference
	if err := readReference("councils", &r.Councils); err != nil {
		return nil, err
	}
	if err := readReference("boards", &r); err != nil {
		return nil, err
	}
	if err := readReference("kinds", &r.Kinds); err != nil {
		return nil, err
	}
	if err := readReference("domains", &r.Domains); err != nil {
		return nil, err
	}
	return &r, nil
})

func readReference(name string, into any) error {
	raw, err := referenceFiles.ReadFile("reference/" + name + ".yaml")
	if err != nil {
		return err
	}
	if err := yamlfile.Decode(raw, into); err != nil {
		return fmt.Errorf("%s.yaml: %w", name, err)
	}
	return nil
}

// EnsureReference adds the councils that are missing. Those that are there stay
// as they are: an administrator may have checked a number since.
func (d *Directory) EnsureReference(ctx context.Context) error {
	ref, err := LoadReference()
	if err != nil {
		return err
	}
	have, err := Councils(d.db.Read(ctx))
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(have))
	for _, c := range have {
		known[c.Key] = true
	}
	var missing []Body
	for _, c := range ref.Councils {
		if !known[c.Key] {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return d.db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		for _, c := range missing {
			err := AddCouncil(tx, NewCouncil{Key: c.Key, Name: c.Name(), DayNumber: c.DayNumber,
				OutOfHoursNumber: c.OutOfHoursNumber, CheckedOn: c.CheckedOn, Website: c.Website})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

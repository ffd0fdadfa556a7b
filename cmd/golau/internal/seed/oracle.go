package seed

import (
	"errors"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"golau/internal/i18n"
	"golau/quiz"
)

// Oracle knows the right answers as their author does: from the files of the
// banks. It has no way into an attempt's key, which never leaves quiz, so it
// answers like anybody else: by what a choice says.
type Oracle struct {
	known map[string]solution // by the English stem
}

// solution is what the file says of one question, by the English words.
type solution struct {
	worth map[string]worth            // single, multiple: of an option
	order []string                    // ordering: the steps as they follow
	right map[string]string           // matching: left to right
	lines map[string]map[string]worth // rewrite: label to wording
}

type worth float64

type bankOption struct {
	Worth worth     `yaml:"worth"`
	Text  i18n.Text `yaml:"text"`
}

// bankFile is as much of a bank as answering needs.
type bankFile struct {
	Questions []struct {
		ID      string       `yaml:"id"`
		Stem    i18n.Text    `yaml:"stem"`
		Options []bankOption `yaml:"options"`
		Steps   []struct {
			Text i18n.Text `yaml:"text"`
		} `yaml:"steps"`
		Pairs []struct {
			Left  i18n.Text `yaml:"left"`
			Right i18n.Text `yaml:"right"`
		} `yaml:"pairs"`
		Lines []struct {
			Label   i18n.Text    `yaml:"label"`
			Options []bankOption `yaml:"options"`
		} `yaml:"lines"`
	} `yaml:"questions"`
}

// NewOracle reads the banks, in the shape of quiz.Content.
func NewOracle(banks fs.FS) (*Oracle, error) {
	files, err := fs.Glob(banks, "*.yaml")
	if err != nil {
		return nil, err
	}
	o := &Oracle{known: map[string]solution{}}
	for _, file := range files {
		raw, err := fs.ReadFile(banks, file)
		if err != nil {
			return nil, err
		}
		var b bankFile
		if err := yaml.Unmarshal(raw, &b); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if err := o.learn(b); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return o, nil
}

func (o *Oracle) learn(b bankFile) error {
	for _, q := range b.Questions {
		if _, twice := o.known[q.Stem.EN]; twice {
			return fmt.Errorf("question %s asks what another asks in the same words", q.ID)
		}
		s := solution{worth: weigh(q.Options), right: map[string]string{}, lines: map[string]map[string]worth{}}
		for _, step := range q.Steps {
			s.order = append(s.order, step.Text.EN)
		}
		for _, p := range q.Pairs {
			s.right[p.Left.EN] = p.Right.EN
		}
		for _, l := range q.Lines {
			s.lines[l.Label.EN] = weigh(l.Options)
		}
		o.known[q.Stem.EN] = s
	}
	return nil
}

func weigh(options []bankOption) map[string]worth {
	w := make(map[string]worth, len(options))
	for _, o := range options {
		w[o.Text.EN] = o.Worth
	}
	return w
}

var errStranger = errors.New("seed: a question that stands in no bank")

// Answer returns the best answer to a question, or one that earns nothing.
func (o *Oracle) Answer(q quiz.PaperQuestion, right bool) (quiz.Response, error) {
	s, known := o.known[q.Stem.EN]
	if !known {
		return quiz.Response{}, errStranger
	}
	switch q.Type {
	case quiz.Single, quiz.Multiple:
		return s.choose(q, right), nil
	case quiz.Ordering:
		return s.arrange(q, right), nil
	}
	return s.fill(q, right), nil
}

// choose takes the best options, or the first that is worth nothing.
func (s solution) choose(q quiz.PaperQuestion, right bool) quiz.Response {
	var r quiz.Response
	for _, c := range q.Choices {
		w := s.worth[c.Text.EN]
		if right && w == 1 {
			r.Choices = append(r.Choices, c.ID)
		}
		if !right && w == 0 {
			r.Choices = []string{c.ID}
		}
	}
	return r
}

// arrange puts the steps in their order, or backwards: then none has its right
// neighbour.
func (s solution) arrange(q quiz.PaperQuestion, right bool) quiz.Response {
	at := make(map[string]string, len(q.Choices))
	for _, c := range q.Choices {
		at[c.Text.EN] = c.ID
	}
	order := make([]string, len(s.order))
	for i, text := range s.order {
		if !right {
			i = len(order) - 1 - i
		}
		order[i] = at[text]
	}
	return quiz.Response{Order: order}
}

// fill gives each row its choice, or one that it does not deserve.
func (s solution) fill(q quiz.PaperQuestion, right bool) quiz.Response {
	rows := make(map[string]string, len(q.Rows))
	for _, row := range q.Rows {
		for _, c := range q.Offers(row) {
			good := s.right[row.Text.EN] == c.Text.EN
			if q.Type == quiz.Rewrite {
				w := s.lines[row.Text.EN][c.Text.EN]
				good = w == 1
				if !right && w != 0 {
					continue
				}
			}
			if good == right {
				rows[row.ID] = c.ID
			}
		}
	}
	return quiz.Response{Rows: rows}
}

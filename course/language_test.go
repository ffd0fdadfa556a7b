package course

import (
	"testing"

	"golau/internal/i18n"
	"golau/quiz"
)

// Completion and certificate bear the language in which most questions were
// answered, whatever the person's own, that of the start and that of the page on
// which the last button was pressed; only a tie is broken by the submission.
func TestTheLanguageIsThatOfTheAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		own, start, submission i18n.Lang
		english                int // questions of the 24 answered in English, and left so; the 25th stays open
		want                   i18n.Lang
	}{
		"English answers, all else Welsh":        {i18n.CY, i18n.CY, i18n.CY, 24, i18n.EN},
		"Welsh answers, all else English":        {i18n.EN, i18n.EN, i18n.EN, 0, i18n.CY},
		"one more in English":                    {i18n.CY, i18n.CY, i18n.CY, 13, i18n.EN},
		"one more in Welsh":                      {i18n.EN, i18n.EN, i18n.EN, 11, i18n.CY},
		"a tie, submitted in English":            {i18n.CY, i18n.CY, i18n.EN, 12, i18n.EN},
		"a tie, submitted in Welsh":              {i18n.EN, i18n.EN, i18n.CY, 12, i18n.CY},
		"Welsh answers, only the button English": {i18n.CY, i18n.CY, i18n.EN, 0, i18n.CY},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.sql(t, "UPDATE people_persons SET language = '"+string(c.own)+"'")
			h.upTo(t)
			id, err := h.school.StartAttempt(t.Context(), h.viewer, c.start, slug, "")
			if err != nil {
				t.Fatal(err)
			}
			_, paper, _, _, err := h.school.Review(t.Context(), h.viewer, id)
			if err != nil || len(paper.Questions) != 25 {
				t.Fatalf("%d questions, %v", len(paper.Questions), err)
			}
			for _, q := range paper.Questions[:24] {
				// First in the other language and then anew: the newest counts.
				lang := i18n.CY
				if q.Number <= c.english {
					lang = i18n.EN
				}
				for v, in := range []quiz.AnswerInput{{Lang: lang.Other(), Sure: quiz.Guessing}, {Lang: lang, Sure: quiz.Certain}} {
					in.Question, in.Version, in.Response = q.Number, v, first(q)
					if _, err := h.school.Answer(t.Context(), h.viewer, id, in); err != nil {
						t.Fatal(err)
					}
				}
			}
			mark, err := h.school.Submit(t.Context(), h.viewer, c.submission, id)
			if err != nil || !mark.Passed || mark.Lang != c.want {
				t.Fatalf("the mark is %s, want %s; %v", mark.Lang, c.want, err)
			}
			all, err := h.school.Certificates(t.Context(), h.viewer)
			if err != nil || len(all) != 1 || all[0].Language != c.want {
				t.Errorf("%d certificates, want one in %s: %v", len(all), c.want, err)
			}
			for _, table := range []string{"course_completions", "quiz_marks WHERE attempt_id = '" + id + "'"} {
				var lang i18n.Lang
				if err := h.db.Read(t.Context()).Raw("SELECT lang FROM " + table).Row().Scan(&lang); err != nil || lang != c.want {
					t.Errorf("%s says %s, %v", table, lang, err)
				}
			}
		})
	}
}

package course

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// exerciseChoices reads the newest run of an exercise; run is 0 before the first.
func exerciseChoices(rx store.Rx, enrolment, module, id string) (run int, chosen map[string]string, err error) {
	rows, err := rx.Query(`SELECT run, line, choice FROM course_exercise_choices
		WHERE enrolment_id = ?1 AND module = ?2 AND exercise = ?3 AND run = (SELECT max(run) FROM course_exercise_choices
			WHERE enrolment_id = ?1 AND module = ?2 AND exercise = ?3)`, enrolment, module, id)
	if err != nil {
		return 0, nil, store.Explain(err)
	}
	defer rows.Close()
	chosen = map[string]string{}
	for rows.Next() {
		var line, choice string
		if err := rows.Scan(&run, &line, &choice); err != nil {
			return 0, nil, store.Explain(err)
		}
		chosen[line] = choice
	}
	return run, chosen, store.Explain(rows.Err())
}

// insertExercise keeps one run of an exercise, a row a line.
func insertExercise(tx store.Tx, x Exercise, sent Sent, lang i18n.Lang) error {
	for i := range x.Lines {
		row := chosenLine{enrolment: x.enrolment, module: x.Module.Slug, exercise: x.ID, run: int64(sent.Run), line: x.Lines[i].ID,
			choice: sent.Chosen[x.Lines[i].ID], edition: x.Edition, lang: string(lang), at: tx.Now.UnixMicro()}
		err := tx.Exec(`INSERT INTO course_exercise_choices (enrolment_id, module, exercise, run, line, choice, edition, lang, at, seal)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			row.enrolment, row.module, row.exercise, row.run, row.line, row.choice, row.edition, row.lang, row.at, row.sealed(i+1, len(x.Lines))).Error
		if err != nil {
			return err
		}
	}
	return nil
}

package steward

import (
	"archive/zip"
	"context"
	"io"
	"slices"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
	"golau/internal/store"
	"golau/quiz"
)

// personal is everything that any room knows of a person.
func personal() []store.Personal {
	return slices.Concat(people.Personal, course.Personal, quiz.Personal, certificates.Personal, audit.Personal, outbox.Personal)
}

// apart are the tables that are not in somebody's own data, each with why.
func apart() []store.Apart {
	return slices.Concat(people.Apart, certificates.Apart, audit.Apart, site.Apart, course.Apart)
}

// How often somebody may take their data out: it reads much.
const (
	takenWithin = 24 * time.Hour
	takenAtMost = 3
)

const dataTaken = "people.data_taken"

// Taking is how somebody's data are handed over.
type Taking struct {
	Words *i18n.Catalogue
	Lang  i18n.Lang
	Draw  func(certificates.Certificate) ([]byte, error) // a certificate as a PDF
	Begin func() io.Writer                               // called once, when nothing stands against it any more

	invited bool // they have no account
}

// OwnData writes everything that is known of the viewer into a ZIP: README.txt
// in their language, data.json, a CSV of each table, and their certificates. It
// records that they took it. More than three a day are problem.TooMany; nobody
// is problem.Unauthenticated. An error after Begin leaves an archive that does
// not open, so that half of it cannot pass for the whole.
func (s *Steward) OwnData(ctx context.Context, v people.Viewer, t Taking) error {
	if err := v.Require(people.ManageOwnAccount); err != nil {
		return err
	}
	err := s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		lines, err := audit.Page(tx.Rx, audit.Filter{Subject: "person:" + v.Person, Verb: dataTaken, From: store.At(tx.Now.Add(-takenWithin))}, 0, takenAtMost)
		if err != nil {
			return err
		}
		if len(lines) == takenAtMost {
			return problem.New(problem.TooMany, "steward.data_often").After(lines[takenAtMost-1].At.Add(takenWithin).Sub(tx.Now.Time))
		}
		return audit.Record(tx, "people.data_taken", "person:"+v.Person, nil)
	})
	if err != nil {
		return err
	}
	return s.DB.Snapshot(ctx, func(rx store.Rx) error { return t.write(rx, personal(), v.Person) })
}

// write fills the archive, one file after the other: what the tables hold of
// somebody, by what they know them as.
func (t Taking) write(rx store.Rx, tables []store.Personal, person string) error {
	z := zip.NewWriter(t.Begin())
	at := rx.Now().Time
	create := func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	}
	w, err := create("README.txt")
	if err == nil {
		err = t.readme(w, tables, rx.Now())
	}
	if err != nil {
		return err
	}
	if w, err = create("data.json"); err == nil {
		err = writeJSON(rx, w, tables, person)
	}
	if err != nil {
		return err
	}
	for _, p := range tables {
		if w, err = create("csv/" + p.Table + ".csv"); err == nil {
			err = writeCSV(rx, w, p, person)
		}
		if err != nil {
			return err
		}
	}
	cs, err := certificates.For(rx, person)
	if err != nil {
		return err
	}
	for _, c := range cs {
		if c.Token == "" {
			continue // its signature follows in moments
		}
		sheet, err := t.Draw(c)
		if problem.KindOf(err) == problem.Conflict && err != nil {
			continue // its name has letters that the sheet has not; it stands in the tables
		}
		if err == nil {
			w, err = create("certificates/" + c.Number() + ".pdf")
		}
		if err == nil {
			_, err = w.Write(sheet)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// readme says what is in the archive, in the person's language.
func (t Taking) readme(w io.Writer, tables []store.Personal, now store.Time) error {
	say := func(key string, args ...any) string { return t.Words.T(t.Lang, "owndata."+key, args...) + "\r\n\r\n" }
	text := "\ufeff" + say("title") + say("made", "Moment", i18n.DateTime(t.Lang, now.Time)) + say("what") + say("not")
	if t.invited {
		text += say("invited")
	}
	for _, p := range tables {
		text += "csv/" + p.Table + ".csv\r\n  " + t.Words.T(t.Lang, "owndata.table."+p.Table) + "\r\n"
	}
	_, err := io.WriteString(w, text+"\r\n"+say("times"))
	return err
}

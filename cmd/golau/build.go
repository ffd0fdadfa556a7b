package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/backups"
	"golau/cmd/golau/internal/letters"
	"golau/cmd/golau/internal/metrics"
	"golau/cmd/golau/internal/seed"
	"golau/cmd/golau/internal/web"
	"golau/cmd/golau/internal/web/account"
	"golau/cmd/golau/internal/web/admin"
	"golau/cmd/golau/internal/web/api"
	"golau/cmd/golau/internal/web/board"
	"golau/cmd/golau/internal/web/lead"
	"golau/cmd/golau/internal/web/learner"
	"golau/cmd/golau/internal/web/public"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/outbox"
	"golau/internal/people"
	sitewords "golau/internal/site"
	"golau/internal/sso"
	"golau/internal/steward"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
	"golau/static"
)

// wiring is what the program is built from.
type wiring struct {
	data   string // folder of keys and mail
	site   siteFlags
	run    runFlags
	demo   bool
	dev    bool
	log    *slog.Logger
	now    func() time.Time
	sender mail.Sender // nil: as the settings say

	sso      *sso.Client   // nil: as the settings say
	material *material     // nil: as the settings say
	pages    *web.Pages    // nil: as the settings say
	hasher   people.Hasher // nil: at full cost, where it is in nobody's way

	sourceLetters int // how many one network may ask for; 0: as people has it
}

// program is the wired house.
type program struct {
	db      *store.DB
	words   *i18n.Catalogue
	people  *people.Directory
	keys    *certificates.Keys
	school  *course.School
	seal    *web.Seal
	worker  *outbox.Worker
	letters letters.Office
	folder  string // where letters are put when no mail server is set; else ""
	inClear bool   // letters may be read on their way to the mail server
	nightly *backups.Rota
	steward *steward.Steward
	data    string
	demo    bool
	log     *slog.Logger
	meter   *metrics.Meter
	feeds   *importFolder
	handler http.Handler
	routes  []web.Route

	draining *atomic.Bool // it is stopping: whoever balances load should look elsewhere
}

// build wires the house around an open database.
func build(ctx context.Context, db *store.DB, w wiring) (*program, error) {
	if w.now == nil {
		w.now = time.Now
	}
	p := &program{db: db, draining: new(atomic.Bool), log: w.log, data: w.data, demo: w.demo, steward: &steward.Steward{DB: db, Log: w.log}}
	var err error
	if p.words, err = openWords(w.dev); err != nil {
		return nil, err
	}
	if p.keys, err = certificates.OpenKeys(filepath.Join(w.data, "keys"), db.Chance()); err != nil {
		return nil, err
	}
	if err := certificates.CheckKeys(db.Read(ctx), p.keys); err != nil {
		return nil, err
	}
	if err := certificates.RememberKeys(ctx, db, p.keys); err != nil {
		return nil, err
	}
	if p.seal, err = openSeal(w.data, w.now); err != nil {
		return nil, err
	}
	if err := p.openPeople(ctx, w); err != nil {
		return nil, err
	}
	if p.school, err = openSchool(db, p.keys, w); err != nil {
		return nil, err
	}
	sender := w.sender
	if sender == nil {
		if sender, err = openMail(w); err != nil {
			return nil, err
		}
	}
	if f, ok := sender.(mail.Folder); ok {
		p.folder = f.Dir
		if whole, err := filepath.Abs(f.Dir); err == nil { // whoever reads it does not know where the program was started
			p.folder = whole
		}
	}
	if s, ok := sender.(*mail.SMTP); ok {
		p.inClear = s.InClear()
	}
	p.letters = letters.Office{DB: db, People: p.people, School: p.school, Words: p.words, Mail: sender, Base: w.site.base(), Demo: w.demo}
	p.worker = outbox.NewWorker(db, w.log, map[string]outbox.Handler{
		certificates.SignJob:   p.sign,
		course.Completed:       p.letters.Completed,
		course.Accepted:        p.school.TellWaiting,
		course.FinalOpened:     p.letters.FinalOpened,
		course.Reminded:        p.letters.Reminded,
		course.RegisterTold:    p.letters.RegisterWeek,
		people.CodeAsked:       p.letters.Code,
		people.PasswordChanged: p.letters.PasswordChanged,
		people.Invited:         p.letters.Invited,
		people.Joined:          p.letters.Joined,
		people.Declined:        p.letters.Declined,
		people.Confirmed:       p.school.Confirmed,
		people.FactorsChanged:  p.letters.FactorsChanged,
		people.RoleGiven:       p.letters.RoleGiven,
		people.AdminsTold:      p.letters.AdminsTold,
		people.SignInDown:      p.letters.SignInDown,
		people.EmailChanged:    p.letters.EmailChanged,
		certificates.Withdrawn: p.letters.Withdrawn,
		certificates.Corrected: p.letters.Corrected,
		people.InactiveWarned:  p.letters.InactiveWarned,
		steward.Erased:         p.steward.NoteErased,
		steward.ErasedTold:     p.letters.ErasedTold,
	})
	p.steward.People, p.steward.Keys, p.steward.Letters = p.people, p.keys, mail.Folder{Dir: filepath.Join(w.data, "mail")}
	p.steward.Lists = []string{filepath.Join(w.data, steward.ListName), filepath.Join(w.run.backups(w.data), steward.ListName)}
	p.nightly = &backups.Rota{Database: db.Path(), Dir: w.run.backups(w.data), Days: w.run.BackupKeep, Weeks: w.run.BackupKeepWeeks, Now: w.now, Log: w.log}
	p.nightly.Every, p.nightly.Gently, _ = w.run.backupEvery() // serve has refused what is no time
	if w.demo {
		p.nightly.Days = 0 // nobody would miss it
	}
	p.feeds = &importFolder{dir: w.run.ImportDir, invite: w.run.ImportInvite, lang: cmp.Or(w.run.ImportLanguage, i18n.EN), people: p.people, words: p.words, now: w.now,
		of: func(ctx context.Context, agency, board string) (people.Feed, error) {
			return people.FeedOf(db.Read(ctx), agency, board)
		}}
	p.meter = metrics.New(version, p.readings(w.data, w.now))
	return p, p.open(w)
}

// open builds the pages and joins the rooms' routes into the one table.
func (p *program) open(w wiring) error {
	files, err := openLook(w.dev)
	if err != nil {
		return err
	}
	if w.pages == nil {
		if w.pages, err = openPages(w.dev); err != nil {
			return err
		}
	}
	proxies, err := w.site.proxies()
	if err != nil {
		return err
	}
	lib := p.school.Library()
	site := &web.Site{Words: p.words, People: p.people, Files: files, Log: w.log, Now: w.now, Render: web.NewRenderer(w.pages),
		Edition: p.school.Courses()[0].Edition, BaseURL: w.site.BaseURL, ExitURL: w.site.ExitURL, Demo: w.demo, Proxies: proxies,
		Observe: p.meter.Observe}
	if r := lib.Review(); r.Of(site.Edition) {
		site.ReviewedBy, site.ReviewedOn = r.Role, r.On
	}
	notes := &sitewords.LocalShelf{DB: p.db}
	learners := &learner.Room{School: p.school, People: p.people, Local: notes, Seal: p.seal, Verify: w.site.base()}
	if w.dev && w.material != nil {
		learners.Author = w.material.author()
	}
	accounts := &account.Room{People: p.people, School: p.school, Seal: p.seal, Data: p.steward, NoPost: p.noPost, Owner: p.owner, Verify: w.site.base(), Keeps: learner.Keeps, Store: learners.Store}
	if w.demo {
		for _, m := range seed.Cast {
			accounts.Cast = append(accounts.Cast, account.CastMember{Key: m.Key, Name: m.Name})
		}
	}
	site.Unauthenticated = accounts.First
	visitors := &public.Room{DB: p.db, Local: notes, Keys: p.keys, Library: lib, Course: p.school.Courses()[0], Minutes: p.school.Minutes(p.school.Courses()[0]),
		Search: public.NewSearcher(lib, p.words), Takes: p.school.Takes, Ready: p.ready, Base: w.site.base()}
	office := &admin.Room{DB: p.db, People: p.people, Post: p.letters, Steward: p.steward, Health: p.health, School: p.school, Local: notes, Keys: p.keys, Folder: p.folder, InClear: p.inClear}
	leads := &lead.Room{DB: p.db, People: p.people, School: p.school, Post: p.letters}
	boards := &board.Room{DB: p.db, People: p.people, School: p.school, Keys: p.keys, Verify: w.site.base()}
	systems := &api.Room{DB: p.db, People: p.people, School: p.school}
	p.routes = nil
	for _, rs := range [][]web.Route{visitors.Routes(), accounts.Routes(), learners.Routes(), office.Routes(), leads.Routes(), boards.Routes(), systems.Routes()} {
		p.routes = append(p.routes, rs...)
	}
	p.handler = site.Handler(p.routes)
	return nil
}

// ready says whether the program can serve: the database answers, and the
// background work goes on. Its migrations were done before it was opened.
func (p *program) ready(ctx context.Context) error {
	if p.draining.Load() {
		return errors.New("stopping")
	}
	return errors.Join(p.db.Ready(ctx), p.worker.Working())
}

// owner tells whose site it is and how to reach them.
func (p *program) owner(ctx context.Context) (sitewords.Contact, error) {
	details, err := sitewords.Read(p.db.Read(ctx))
	return details.Owner, err
}

// sign finishes a certificate whose signature a crash interrupted.
func (p *program) sign(ctx context.Context, j outbox.Job) error {
	var s certificates.ToSign
	if err := j.Into(&s); err != nil {
		return outbox.Refuse(err)
	}
	return certificates.Sign(ctx, p.db, p.keys, s.Certificate)
}

// content returns the texts and the banks to teach from.
func content(w wiring) (texts, banks fs.FS) {
	switch {
	case w.site.Content != "":
		root := os.DirFS(w.site.Content)
		texts, _ = fs.Sub(root, "modules")
		banks, _ = fs.Sub(root, "bank")
		return texts, banks
	case w.dev:
		return os.DirFS("modules/content"), os.DirFS("quiz/bank")
	}
	return modules.Content(), quiz.Content()
}

// material is what is taught and asked, read and checked. It never changes.
type material struct {
	lib   *modules.Library
	banks *quiz.Banks

	found []modules.Finding // for whoever writes it
	asked []quiz.Finding
}

func openMaterial(w wiring) (*material, error) {
	texts, questions := content(w)
	var banks *quiz.Banks
	var faults []quiz.Finding
	var unread error
	var reading sync.WaitGroup
	reading.Go(func() { banks, faults, unread = quiz.Load(questions) })
	lib, findings, err := modules.Load(texts)
	reading.Wait()
	if err := errors.Join(err, unread); err != nil {
		return nil, err
	}
	if w.dev { // whoever writes sees the faults beside the text
		more, err := heldTo(texts, questions, lib, banks)
		return &material{lib, banks, append(findings, more...), faults}, err
	}
	if err := modules.Refuse(findings); err != nil {
		return nil, fmt.Errorf("the lessons have faults (golau check lists them): %w", err)
	}
	for _, f := range faults {
		if !f.Warning {
			return nil, fmt.Errorf("the question banks have faults (golau check lists them): %s", f)
		}
	}
	return &material{lib: lib, banks: banks}, nil
}

// teaching is what the demonstration's people learn and are asked.
func teaching(w wiring, material func() (*material, error)) seed.Teaching {
	_, banks := content(w)
	return seed.Teaching{Banks: banks, Read: func() (*modules.Library, *quiz.Banks, error) {
		m, err := material()
		if err != nil {
			return nil, nil, err
		}
		return m.lib, m.banks, nil
	}}
}

func openSchool(db *store.DB, keys *certificates.Keys, w wiring) (*course.School, error) {
	m := w.material
	if m == nil {
		var err error
		if m, err = openMaterial(w); err != nil {
			return nil, err
		}
	}
	return course.New(db, m.lib, m.banks, keys, course.Options{Demo: w.demo, Log: w.log})
}

// openWords reads what the pages say.
func openWords(dev bool) (*i18n.Catalogue, error) {
	words, err := i18n.Embedded()
	if dev {
		words, err = i18n.Load(os.DirFS("internal/i18n/messages"))
	}
	if err != nil {
		return nil, fmt.Errorf("the words of the pages have faults: %w", err)
	}
	return words, nil
}

// openLook reads style sheets, scripts and pictures.
func openLook(dev bool) (*static.Files, error) {
	if dev {
		return static.Open(disk(dev, "static"))
	}
	return compiledLook()
}

var compiledLook = sync.OnceValues(func() (*static.Files, error) { return static.Open(nil) })

// openPages reads the pages, with their words and the look they name.
func openPages(dev bool) (*web.Pages, error) {
	words, err := openWords(dev)
	if err != nil {
		return nil, err
	}
	look, err := openLook(dev)
	if err != nil {
		return nil, err
	}
	return web.ParsePages(words, look, rooms(dev))
}

// writeWhole writes a file that is there whole after a crash, or not at all.
func writeWhole(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// rooms are the pages of each audience.
func rooms(dev bool) map[string]fs.FS {
	const root = "cmd/golau/internal/web"
	all := map[string]fs.FS{"web": web.Files, "public": public.Files, "account": account.Files, "learner": learner.Files, "admin": admin.Files,
		"lead": lead.Files, "board": board.Files}
	if dev {
		all["web"] = os.DirFS(root)
		for name := range all {
			if name != "web" {
				all[name] = os.DirFS(root + "/" + name)
			}
		}
	}
	return all
}

func disk(dev bool, dir string) fs.FS {
	if !dev {
		return nil
	}
	return os.DirFS(dir)
}

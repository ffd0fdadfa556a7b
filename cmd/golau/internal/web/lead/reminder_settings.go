package lead

import (
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/people"
)

func (r *Room) reminderSettingRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/reminders/settings", web.Lead, r.reminderSettings),
		web.Post("/lead/reminders/settings", web.Lead, r.setReminders),
		web.Get("/lead/reminders/words/:letter", web.Lead, r.wording),
		web.Post("/lead/reminders/words/:letter", web.Lead, r.setWording),
	}
}

type reminderSettingsPage struct {
	web.Frame
	web.FormErrors
	Done    string
	Place   people.Place
	Places  []web.Option
	AtKey   string
	On      web.Input
	Seen    string // what was off
	Letters []wordedLetter
}

// wordedLetter is a letter that may have an agency's own words.
type wordedLetter struct {
	Letter course.Worded
	Own    bool
	To     string // address of the page on which they are written
}

// reminderSettings shows which reminders an agency sends and in whose words.
func (r *Room) reminderSettings(c *web.Context, v people.Viewer) error {
	return r.showReminderSettings(c, v, c.QueryParam("at"), nil)
}

func (r *Room) showReminderSettings(c *web.Context, v people.Viewer, at string, wrong error) error {
	ctx := c.Request().Context()
	place, scope, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	p := &reminderSettingsPage{Place: place, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "on"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.settings.title"), "lead", "/lead/reminders/settings"
	p.FormID, p.FormTo = "settings", p.Alternate
	p.AtKey, p.Places = wholePlaces(c, v, place)
	off, err := r.School.SwitchedOff(ctx, scope)
	if err != nil {
		return err
	}
	p.Seen = join(off)
	if c.Form().Has("seen") && wrong == nil { // the language was changed
		p.Seen, off = c.Field("seen"), offOf(c)
	}
	p.On = web.Input{Name: "on", Label: c.T("lead.settings.on"), Hint: c.T("lead.settings.on_hint")}
	for _, k := range course.Switchable {
		p.On.Options = append(p.On.Options, web.Option{Value: string(k), Label: c.T("lead.settings.on." + string(k)), Chosen: !slices.Contains(off, k)})
	}
	for _, l := range course.WordedLetters {
		w, err := r.School.Wording(ctx, scope, l)
		if err != nil {
			return err
		}
		p.Letters = append(p.Letters, wordedLetter{l, w.Own(), withQuery("/lead/reminders/words/"+string(l), [][2]string{{"at", p.AtKey}}, "")})
	}
	return c.Show(status, "lead/reminder-settings", p)
}

// wholePlaces is places of those whose whole agency the viewer leads.
func wholePlaces(c *web.Context, v people.Viewer, shown people.Place) (key string, all []web.Option) {
	led := v.LedWhole()
	if len(v.Led()) > 1 {
		key = shown.Key()
	}
	if len(led) < 2 {
		return key, nil
	}
	for _, l := range led {
		all = append(all, web.Option{Value: l.Key(), Label: l.Organisation.Name.In(c.Lang) + " – " + l.Board.Name.In(c.Lang), Chosen: l == shown})
	}
	return key, all
}

// setReminders switches reminders on and off.
func (r *Room) setReminders(c *web.Context, v people.Viewer) error {
	at := c.Field("at")
	if c.Switching() {
		return r.showReminderSettings(c, v, at, nil)
	}
	_, scope, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	var seen []due.Reminder
	for _, k := range strings.Fields(c.Field("seen")) {
		seen = append(seen, due.Reminder(k))
	}
	if err := r.School.SwitchOff(c.Request().Context(), v, scope, offOf(c), seen); err != nil {
		return r.showReminderSettings(c, v, at, err)
	}
	return c.Go(withPlace("/lead/reminders/settings?done=settings", at))
}

// offOf is what is not ticked.
func offOf(c *web.Context) []due.Reminder {
	return slices.DeleteFunc(slices.Clone(course.Switchable), func(k due.Reminder) bool { return slices.Contains(c.Form()["on"], string(k)) })
}

// join writes reminders between spaces.
func join(all []due.Reminder) string {
	words := make([]string, len(all))
	for i, k := range all {
		words[i] = string(k)
	}
	return strings.Join(words, " ")
}

// switchedOff says in words what an agency switched off; "" = nothing.
func (r *Room) switchedOff(c *web.Context, scope people.OrganisationScope) (string, error) {
	off, err := r.School.SwitchedOff(c.Request().Context(), scope)
	words := make([]string, len(off))
	for i, k := range off {
		words[i] = c.T("lead.settings.on." + string(k))
	}
	return strings.Join(words, "; "), err
}

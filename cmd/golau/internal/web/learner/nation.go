package learner

import (
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// Asks says whether the page asks where its reader works: at the beginning of a
// module, and where something differs between the nations.
func (p *sectionPage) Asks() bool { return p.Number == 1 || len(p.Section.Nations) > 0 }

// Signpost says whether the reader works where the module has no words of its
// own, and has to be shown whom to ask.
func (p *sectionPage) Signpost() bool {
	return p.Number == 1 && slices.Contains(p.Module.Nations.Signpost, string(p.Nation))
}

// nation keeps where the viewer works, and leads back to the part.
func (r *Room) nation(c *web.Context, v people.Viewer) error {
	l, err := r.School.Lesson(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("section"))
	if err != nil {
		return r.lead(c, err)
	}
	if err := r.People.SetNation(c.Request().Context(), v, people.Nation(c.Field("nation"))); err != nil {
		return err
	}
	to := "/learn/" + l.Course.Slug + "/" + l.Module.Slug + "/" + l.Section.ID
	if c.Field("version") == "short" {
		to += "?version=short"
	}
	return c.Go(to + "#where")
}

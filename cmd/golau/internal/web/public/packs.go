package public

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/modules"
)

// packRoutes are the ways to what a team needs to talk about a module. Like the
// cards they are open to anybody.
func (r *Room) packRoutes() []web.Route {
	return []web.Route{
		web.Get("/packs", web.Public, r.packs),
		web.Get("/packs/:module", web.Public, r.pack),
	}
}

type packsPage struct {
	web.Frame
	Packs []*modules.Pack
}

// packs lists them all.
func (r *Room) packs(c *web.Context, _ people.Viewer) error {
	p := &packsPage{web.Frame{Title: c.T("packs.tab"), Current: "cards"}, r.Library.Packs()}
	return c.Show(http.StatusOK, "public/packs", p)
}

type packPage struct {
	web.Frame
	Pack *modules.Pack
	Card bool // the module has one
}

// rowsOfSheet is how many can sign: a team, on one sheet of A4.
const rowsOfSheet = 14

// Rows is one value for each line of the attendance sheet.
func (p *packPage) Rows() []struct{} { return make([]struct{}, rowsOfSheet) }

// pack shows one, to read out and to print.
func (r *Room) pack(c *web.Context, _ people.Viewer) error {
	pack, ok := r.Library.Pack(c.Param("module"))
	if !ok {
		return echoNotFound()
	}
	p := &packPage{Frame: web.Frame{Title: c.T("packs.tab"), Current: "cards"}, Pack: pack}
	_, p.Card = r.Library.Card(pack.Module.Slug)
	return c.Show(http.StatusOK, "public/pack", p)
}

// Package account is the room where people come in, go out, and look after
// what the site knows of them: name, language, password.
//
// It knows no course; that a new arrival is enrolled, and what becomes of an
// answer that was waiting, it is told by whoever wires the program.
package account

import (
	"context"
	"embed"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// School is what this room asks of the course.
type School interface {
	Welcome(ctx context.Context, v people.Viewer) error
	Rename(ctx context.Context, v people.Viewer, name string) error
	NameFixed(ctx context.Context, v people.Viewer) (bool, error)
}

// Room is what the account pages need.
type Room struct {
	People *people.Directory
	School School
	Seal   *web.Seal
	Data   Data
	NoPost func(ctx context.Context) bool // no letter can leave at this moment
	Owner  Owner
	Verify string       // the site's own address, as it stands on certificates
	Cast   []CastMember // who can be signed in as, in the demonstration
	// Keeps says whether a form can wait for its sender; Store stores it then, and
	// says whether it need not wait any longer.
	Keeps func(path string) bool
	Store func(c *web.Context, v people.Viewer, p web.Pending) (path string, settled bool, err error)
}

// Owner tells whose site this is and how to reach them, for those to whom every
// page that says so is shut.
type Owner func(ctx context.Context) (site.Contact, error)

// CastMember is one button of the demonstration.
type CastMember struct{ Key, Name string }

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	routes := slices.Concat([]web.Route{
		web.Get("/sign-in", web.Public, r.signInPage),
		web.Post("/sign-in", web.Public, r.signIn),
		web.Post("/sign-out", web.Public, r.signOut).OpenHalfway(),
		web.Get("/send-again", web.SignedIn, r.sendAgainPage),
		web.Post("/send-again", web.SignedIn, r.sendAgain),
		web.Get("/account", web.SignedIn, r.account),
		web.Post("/account/name", web.SignedIn, r.rename),
		web.Post("/account/language", web.SignedIn, r.language),
		web.Post("/account/nation", web.SignedIn, r.nation),
		web.Post("/account/password", web.SignedIn, r.password),
		web.Post("/account/data", web.SignedIn, r.ownData),
		web.Post("/account/sign-out-everywhere", web.SignedIn, r.signOutEverywhere),
		web.Get("/setup/:token", web.Public, r.setupPage),
		web.Post("/setup/:token", web.Public, r.setup),
	}, r.codeRoutes(), r.resetRoutes(), r.joinRoutes(), r.invitationRoutes(), r.secondRoutes(), r.safetyRoutes(), r.passkeyRoutes(), r.adminLinkRoutes(), r.systemRoutes(), r.sameRoutes())
	if len(r.Cast) > 0 {
		routes = append(routes, web.Post("/demo/sign-in", web.Public, r.signInAs))
	}
	return append(routes, r.ssoRoutes()...)
}

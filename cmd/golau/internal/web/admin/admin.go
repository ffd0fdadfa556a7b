// Package admin is the room of whoever runs the installation: boards, agencies,
// councils' numbers, roles, what the site says of itself, and whether its
// letters go out. Authors see in it which ways people take in a case, leads whom
// they invited, and officers what their board adds for its area.
//
// It knows no answer and no score of anybody, and shows a person's name,
// address and memberships alone: an administrator runs the site and does not
// for that reason see what a board's people learn.
package admin

import (
	"context"
	"embed"
	"slices"
	"sync/atomic"

	"golau/certificates"
	"golau/cmd/golau/internal/letters"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/steward"
	"golau/internal/store"
)

// Files holds the room's pages. pages/parts.html lies beneath each of them.
//
//go:embed pages
var Files embed.FS

// Room is what the administrator's pages need.
type Room struct {
	DB      *store.DB
	People  *people.Directory
	Post    Post
	Steward *steward.Steward
	Keys    *certificates.Keys
	Health  Health
	School  *course.School
	Local   *site.LocalShelf
	Folder  string // where letters lie when no mail server is set; else ""
	// InClear says that emails may be read on the way to the mail server.
	InClear bool

	tried atomic.Pointer[tried]
}

// Post sends a letter to whoever asks, and says what became of it.
type Post interface {
	Try(ctx context.Context, v people.Viewer) (letters.Tried, error)
}

// Routes lists the ways in. Each file of the room adds its own.
func (r *Room) Routes() []web.Route {
	return slices.Concat(
		r.frontRoutes(),
		r.setupRoutes(),
		r.boardRoutes(),
		r.agencyRoutes(), r.agencyEndRoutes(),
		r.councilRoutes(),
		r.ownCouncilRoutes(),
		r.personRoutes(), r.membershipEndRoutes(), r.roleRoutes(),
		r.factorRoutes(), r.emailRoutes(),
		r.eraseRoutes(),
		r.signInRoutes(), r.retireRoutes(),
		r.systemRoutes(),
		r.siteRoutes(),
		r.noticeRoutes(),
		r.retentionRoutes(),
		r.mailRoutes(),
		r.invitationRoutes(),
		r.joiningRoutes(),
		r.outboxRoutes(),
		r.auditRoutes(),
		r.healthRoutes(),
		r.certificateRoutes(),
		r.reviewRoutes(),
		r.caseRoutes(),
		r.localRoutes(), r.exemptionRoutes(),
		r.numbersRoutes(),
	)
}

// Base is what every page of the room hands to the layout. Page structs embed
// it.
type Base struct {
	web.Frame
	Part string // which entry of the room's menu is the present one
}

// base returns the frame of a page of the part with the title.
func base(c *web.Context, part, title string) Base {
	return Base{Frame: web.Frame{Title: title, Current: "admin"}, Part: part}
}

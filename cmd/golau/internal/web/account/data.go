package account

import (
	"context"
	"io"
	"net/http"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/steward"
)

// Data hands somebody's own data over.
type Data interface {
	OwnData(ctx context.Context, v people.Viewer, t steward.Taking) error
}

// longest is how long somebody may take to receive their data.
const longest = 5 * time.Minute

// ownData sends the viewer everything that is known of them.
func (r *Room) ownData(c *web.Context, v people.Viewer) error {
	return r.Data.OwnData(c.Request().Context(), v, steward.Taking{Words: c.Site.Words, Lang: c.Lang,
		Draw: func(x certificates.Certificate) ([]byte, error) { return x.Draw(c.Site.Words, r.Verify) },
		Begin: func() io.Writer {
			// A writer without a deadline, as in a test, is no obstacle.
			_ = http.NewResponseController(c.Response()).SetWriteDeadline(c.Site.Now().Add(longest))
			h := c.Response().Header()
			h.Set("Content-Type", "application/zip")
			h.Set("Content-Language", string(c.Lang))
			h.Set("Content-Disposition", `attachment; filename="golau-`+c.Now().Format(time.DateOnly)+`.zip"`)
			c.Response().WriteHeader(http.StatusOK)
			return c.Response()
		}})
}

package mail

import (
	"context"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// NewSMTPBy is NewSMTP on a machine on which every name leads to one place.
func NewSMTPBy(address string, now func() time.Time, place string) (*SMTP, error) {
	return newSMTP(address, now, gomail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, place)
	}))
}

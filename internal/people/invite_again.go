package people

import (
	"context"
	"fmt"
	"time"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// resendAfter is how long to wait before the same letter is sent again.
const resendAfter = 2 * time.Minute

// ResendInvitation sends the letter once more, with the link it had (a new
// one if the secret was replaced), which holds for another fourteen days. An invitation that is over, or somebody
// else's, is problem.NotFound; one that was sent a moment ago problem.TooMany.
func (d *Directory) ResendInvitation(ctx context.Context, v Viewer, id string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		i, err := theirInvitation(tx.Rx, v, id)
		switch {
		case err != nil:
			return err
		case i.State != IsOpen && i.State != IsExpired:
			return notFound()
		case tx.Now.Sub(i.Sent.Time) < resendAfter:
			return problem.New(problem.TooMany, "people.invite.soon").After(resendAfter - tx.Now.Sub(i.Sent.Time))
		}
		err = tx.Exec("UPDATE people_invitations SET sends = sends + 1, sent_at = ?, expires_at = ?, token_hash = ? WHERE id = ?",
			tx.Now, store.At(tx.Now.Add(invitationLife)), hashToken(d.linkOf("invitation", id)), id).Error
		if err != nil {
			return err
		}
		if err := audit.Record(tx, "people.invitation_resent", "invitation:"+id, map[string]any{"sends": i.sends + 1}); err != nil {
			return err
		}
		return outbox.Put(tx, Invited, fmt.Sprintf("%s/%d", id, i.sends+1), InvitedFact{id})
	})
}

// WithdrawInvitation makes the letter's link worth nothing. An invitation that
// is over, or that the viewer could not have sent, is problem.NotFound.
func (d *Directory) WithdrawInvitation(ctx context.Context, v Viewer, id string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if _, err := InvitationToEnd(tx.Rx, v, id); err != nil {
			return err
		}
		return withdraw(tx, id)
	})
}

// InvitationLetter is what the letter says.
type InvitationLetter struct {
	Invitation
	Inviter string // name
	Link    string // token
}

// InvitationLetter returns what a letter says; ok is false when the invitation
// is over.
func (d *Directory) InvitationLetter(ctx context.Context, id string) (l InvitationLetter, ok bool, err error) {
	rx := d.db.Read(ctx)
	i, err := invitation(rx, "i.id = ?", id)
	if err != nil || i.State != IsOpen {
		return l, false, err
	}
	by, err := PersonByID(rx, i.InvitedBy)
	return InvitationLetter{i, by.Name, d.linkOf("invitation", id)}, err == nil, err
}

package admin

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

type withdrawPage struct {
	InvitationBase
	Invitation people.Invitation
}

// withdraw asks first, and withdraws an invitation when whoever asked is sure.
func (i invitations) withdraw(c *web.Context, v people.Viewer) error {
	ctx, id := c.Request().Context(), c.Param("id")
	if c.Field("sure") == "yes" && !c.Switching() {
		if err := i.People.WithdrawInvitation(ctx, v, id); err != nil {
			return err
		}
		return c.Go(i.at + "?done=withdrawn")
	}
	p := &withdrawPage{InvitationBase: i.base(c, c.T("invitations.withdraw_title"))}
	var err error
	if p.Invitation, err = people.InvitationToEnd(i.DB.Read(ctx), v, id); err != nil {
		return err
	}
	p.FormID, p.FormTo = "withdraw", i.at+"/"+id+"/withdraw"
	return c.Show(http.StatusOK, "admin/invitation-withdraw", p)
}

package people

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// RequestKeyLife is how long a key of a request is remembered.
const RequestKeyLife = 24 * time.Hour

// SentInvitation is what is answered of an invitation: nothing of whom it is for,
// so that the answer can be kept.
type SentInvitation struct {
	ID      string    `json:"id"`
	Sent    time.Time `json:"sent_at"`
	Expires time.Time `json:"expires_at"`
}

// InviteOnce sends the invitation of a line to the agency of the caller. The same
// request again under the same key, within RequestKeyLife, sends nothing and is
// answered as it was: again says so. Another request under the key is
// problem.Conflict with the key api.key_reused. request is everything that was
// asked for, byte for byte; other problems are those of Invite.
func (d *Directory) InviteOnce(ctx context.Context, c Caller, key string, request []byte, n NewInvitation) (sent SentInvitation, again bool, err error) {
	if err := c.Viewer.Require(InvitePeople); err != nil {
		return sent, false, err
	}
	n.Organisation, n.Board, n.Role = c.Token.Place.Organisation.Key, c.Token.Place.Board.Key, Learner
	keyHash := hex.EncodeToString(d.derive("request key", c.Token.ID+"\n"+key))
	requestHash := hex.EncodeToString(d.derive("request", c.Token.ID+"\n"+string(request)))
	err = d.db.Write(ctx, c.Actor(), func(_ context.Context, tx store.Tx) error {
		if sent, again, err = answeredBefore(tx, c.Token.ID, keyHash, requestHash); err != nil || again {
			return err
		}
		plan, err := planned(tx.Rx, c.Viewer, []NewInvitation{n})
		if err != nil {
			return err
		}
		id, err := d.invite(tx, c.Viewer.Person, plan[0])
		if err != nil {
			return err
		}
		sent = SentInvitation{id, tx.Now.UTC(), tx.Now.Add(invitationLife).UTC()}
		answer, err := json.Marshal(sent)
		if err != nil {
			return err
		}
		return tx.Exec("INSERT INTO people_request_keys (token_id, key_hash, request_hash, answer, at) VALUES (?, ?, ?, ?, ?)",
			c.Token.ID, keyHash, requestHash, string(answer), tx.Now).Error
	})
	return sent, again, err
}

// answeredBefore returns what was answered under the key before, and forgets what
// is too old to count.
func answeredBefore(tx store.Tx, token, keyHash, requestHash string) (sent SentInvitation, again bool, err error) {
	err = tx.Exec("DELETE FROM people_request_keys WHERE at <= ?", store.At(tx.Now.Add(-RequestKeyLife))).Error
	if err != nil {
		return sent, false, err
	}
	var row struct{ RequestHash, Answer string }
	err = tx.Raw("SELECT request_hash, answer FROM people_request_keys WHERE token_id = ? AND key_hash = ?", token, keyHash).Scan(&row).Error
	switch {
	case err != nil || row.Answer == "":
		return sent, false, err
	case row.RequestHash != requestHash:
		return sent, false, problem.New(problem.Conflict, "api.key_reused")
	}
	return sent, true, json.Unmarshal([]byte(row.Answer), &sent)
}

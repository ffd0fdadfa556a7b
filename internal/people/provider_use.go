package people

import (
	"context"
	"errors"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/store"
)

// TestProvider asks a provider everything that a sign-in will need, and notes
// what it found: the provider as it is afterwards, whose Fault says what is
// wrong. No such provider is NotFound; others than those who keep them:
// problem.Forbidden.
func (d *Directory) TestProvider(ctx context.Context, v Viewer, key string) (Provider, error) {
	p, err := ProviderByKey(d.db.Read(ctx), v, key)
	if err != nil {
		return p, err
	}
	return d.test(ctx, v, p, false)
}

// EnableProvider tests a provider and takes it into use. One that does not work
// is problem.Conflict with the fault's own words, and stays out of use.
func (d *Directory) EnableProvider(ctx context.Context, v Viewer, key string) error {
	p, err := ProviderByKey(d.db.Read(ctx), v, key)
	if err != nil {
		return err
	}
	if p, err = d.test(ctx, v, p, true); err != nil {
		return err
	}
	if p.Fault != "" {
		return problem.New(problem.Conflict, "sso.fault."+p.Fault, "Said", p.FaultSaid)
	}
	return nil
}

// test asks, and then notes what was found; enable takes it into use where
// nothing was wrong.
func (d *Directory) test(ctx context.Context, v Viewer, p Provider, enable bool) (Provider, error) {
	var found sso.Found
	s, err := d.settings(p)
	if err == nil {
		found, err = d.o.SSO.Test(ctx, s)
	}
	var fault *sso.Fault
	if err != nil && !errors.As(err, &fault) {
		return p, err
	}
	p.Fault, p.FaultSaid = "", ""
	if fault != nil {
		p.Fault, p.FaultSaid = fault.Word, fault.Said
		d.o.Log.Warn("an agency's sign-in does not work", "provider", p.Key, "err", fault.Error())
	} else {
		p.EndSession = found.EndSession
	}
	p.Enabled = p.Enabled || enable && fault == nil
	return p, d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p.Tested = tx.Now
		// What was changed while the provider was asked is another provider.
		res := tx.Exec(`UPDATE people_providers SET tested_at = ?, fault = ?, fault_said = ?, end_session_url = ?, enabled = ?
			WHERE id = ? AND issuer = ? AND client_id = ? AND sealed = ?`, tx.Now, p.Fault, p.FaultSaid, p.EndSession, p.Enabled,
			p.ID, p.Issuer, p.ClientID, p.sealed)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return problem.New(problem.Conflict, "people.sso.changed")
		}
		if enable && p.Fault == "" {
			return audit.Record(tx, "people.provider_enabled", "provider:"+p.ID, nil)
		}
		return audit.Record(tx, "people.provider_tested", "provider:"+p.ID, map[string]any{"fault": p.Fault})
	})
}

// DisableProvider takes a provider out of use: its people sign in with codes by
// e-mail or a password meanwhile. No such provider is NotFound.
func (d *Directory) DisableProvider(ctx context.Context, v Viewer, key string) error {
	p, err := ProviderByKey(d.db.Read(ctx), v, key)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		res := tx.Exec("UPDATE people_providers SET enabled = 0 WHERE id = ? AND enabled = 1", p.ID)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Record(tx, "people.provider_disabled", "provider:"+p.ID, nil)
	})
}

// onlyThere returns problem.Forbidden when the person's agency says that its
// people sign in through it alone, and they can. Administrators always keep
// another way, and so does whoever has not yet come by the agency's.
func onlyThere(rx store.Rx, person, via string) error {
	switch via {
	case "password", "code", "reset", "passkey", "invitation":
	default:
		return nil
	}
	bound, err := boundBy(rx, person, "")
	if err != nil || !bound {
		return err
	}
	return problem.New(problem.Forbidden, "people.sso.only_there")
}

// boundBy says whether a person's agency lets them in by an identity alone: by the
// one that is named, or, where none is, by any.
func boundBy(rx store.Rx, person, identity string) (bool, error) {
	var n int
	now := rx.Now()
	err := rx.Raw(`SELECT count(*) FROM people_identities i
		JOIN people_providers p ON p.issuer = i.issuer AND p.enabled = 1 AND p.only_way = 1
		JOIN people_memberships m ON m.person_id = i.person_id AND m.organisation_id = p.organisation_id
			AND (m.ended_at IS NULL OR m.ended_at > ?)
		WHERE i.person_id = ? AND (? = '' OR i.id = ?) AND NOT EXISTS (SELECT 1 FROM people_memberships a WHERE a.person_id = i.person_id
			AND a.role = 'admin' AND (a.ended_at IS NULL OR a.ended_at > ?))`, now, person, identity, identity, now).Scan(&n).Error
	return n > 0, store.Explain(err)
}

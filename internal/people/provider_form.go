package people

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/store"
)

// ProviderForm is what an administrator says of a provider.
type ProviderForm struct {
	Name         i18n.Text
	Issuer       string
	ClientID     string
	Proof        string
	Secret       string // empty: the one that is kept
	Scopes       string
	ACR          string
	Domains      string // with spaces or commas between; all are the agency's
	SecondFactor bool
	OnlyWay      bool
}

// maxSaying is the longest of the words that a provider's administrator gives.
const maxSaying = 300

// clean returns the form as it will be stored, and its domains. The problem is
// Invalid, with the fields name_en, name_cy, issuer, client_id, proof, secret,
// scopes, acr, domains.
func (d *Directory) cleanProvider(rx store.Rx, f ProviderForm, organisation string, kept Provider) (ProviderForm, []string, error) {
	all := faults{}
	var err error
	f.Name, err = cleanText("name", f.Name)
	all.note(err)
	f.Issuer, f.ClientID, f.Secret = strings.TrimSpace(f.Issuer), strings.TrimSpace(f.ClientID), strings.TrimSpace(f.Secret)
	f.Scopes, f.ACR = strings.Join(strings.Fields(f.Scopes), " "), strings.Join(strings.Fields(f.ACR), " ")
	if f.Scopes == "" {
		f.Scopes = "openid email profile"
	}
	var fault *sso.Fault
	if errors.As(d.o.SSO.CheckIssuer(f.Issuer), &fault) {
		all.at("issuer", "sso.fault."+fault.Word)
	}
	for field, s := range map[string]string{"client_id": f.ClientID, "secret": f.Secret, "scopes": f.Scopes, "acr": f.ACR} {
		if len(s) > maxSaying || strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII || r < ' ' }) {
			all.at(field, "people.sso.characters")
		}
	}
	if f.ClientID == "" {
		all.at("client_id", "people.sso.client_missing")
	}
	switch {
	case f.Proof != BySecret && f.Proof != ByKey:
		all.at("proof", "people.sso.proof_missing")
	case f.Proof == BySecret && f.Secret == "" && (kept.ID == "" || kept.Proof != BySecret || kept.Issuer != f.Issuer):
		// The secret of one provider is never sent to another.
		all.at("secret", "people.sso.secret_missing")
	}
	domains, err := agencyDomains(rx, organisation, f.Domains)
	all.note(err)
	var foreign any
	if e, ok := problem.As(err); ok {
		foreign = e.Args["Domain"]
	}
	if err != nil && problem.KindOf(err) != problem.Invalid {
		return f, nil, err
	}
	err = all.err()
	if e, ok := problem.As(err); ok {
		e.Args["Domain"] = foreign
	}
	return f, domains, err
}

// agencyDomains reads domains, of which each must be the agency's.
func agencyDomains(rx store.Rx, organisation, words string) ([]string, error) {
	var theirs, domains []string
	if err := rx.Raw("SELECT domain FROM people_email_domains WHERE organisation_id = ?", organisation).Scan(&theirs).Error; err != nil {
		return nil, store.Explain(err)
	}
	for _, s := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }) {
		s = strings.ToLower(strings.TrimPrefix(s, "@"))
		if !slices.Contains(theirs, s) {
			return nil, problem.InvalidField("domains", "people.sso.domain_foreign", "Domain", quoted(s))
		}
		if !slices.Contains(domains, s) {
			domains = append(domains, s)
		}
	}
	if len(domains) == 0 {
		return nil, problem.InvalidField("domains", "people.sso.domain_missing")
	}
	return domains, nil
}

// proof returns what proves the site to the provider: what was typed, or a key
// made now; nil where what is kept goes on. A key takes a while to make.
func (d *Directory) proof(f ProviderForm, kept Provider) ([]byte, error) {
	switch {
	case f.Proof == BySecret && f.Secret != "":
		return []byte(f.Secret), nil
	case f.Proof == kept.Proof:
		return nil, nil
	}
	k, err := sso.NewKey(d.db.Chance())
	if err != nil {
		return nil, err
	}
	return k.Bytes()
}

// AddProvider adds a provider to the agency with the key and returns its own
// key. It is not in use before EnableProvider. A form that needs putting right
// is Invalid; no such agency is NotFound.
func (d *Directory) AddProvider(ctx context.Context, v Viewer, agency string, f ProviderForm) (key string, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return "", err
	}
	rx := d.db.Read(ctx)
	o, err := OrganisationByKey(rx, agency)
	if err != nil {
		return "", err
	}
	if o.Retired {
		return "", problem.New(problem.Conflict, "people.agency.is_retired")
	}
	f, domains, err := d.cleanProvider(rx, f, o.ID, Provider{})
	if err != nil {
		return "", err
	}
	raw, err := d.proof(f, Provider{})
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		id := tx.NewID()
		sealed, err := d.sealFor("provider", id, raw)
		if err != nil {
			return err
		}
		if key, err = freeKey(tx.Rx, "SELECT count(*) FROM people_providers WHERE key = ?", agency); err != nil {
			return err
		}
		err = tx.Exec(`INSERT INTO people_providers (id, key, organisation_id, name_en, name_cy, issuer, client_id, proof, sealed,
			scopes, acr, second_factor, only_way, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, key, o.ID,
			f.Name.EN, f.Name.CY, f.Issuer, f.ClientID, f.Proof, sealed, f.Scopes, f.ACR, f.SecondFactor, f.OnlyWay, tx.Now).Error
		if err != nil {
			return err
		}
		if err := setProviderDomains(tx, id, domains); err != nil {
			return err
		}
		return audit.Record(tx, "people.provider_added", "provider:"+id, f.detail(o, domains))
	})
	return key, err
}

// detail is what the record says of a provider: never the secret.
func (f ProviderForm) detail(o Organisation, domains []string) map[string]any {
	return map[string]any{"organisation": o.ID, "name": f.Name, "issuer": f.Issuer, "client_id": f.ClientID, "proof": f.Proof,
		"new_secret": f.Secret != "", "scopes": f.Scopes, "acr": f.ACR, "domains": domains, "second_factor": f.SecondFactor,
		"only_way": f.OnlyWay}
}

func setProviderDomains(tx store.Tx, id string, domains []string) error {
	if err := tx.Exec("DELETE FROM people_provider_domains WHERE provider_id = ?", id).Error; err != nil {
		return err
	}
	for _, domain := range domains {
		if err := tx.Exec("INSERT INTO people_provider_domains (domain, provider_id) VALUES (?, ?)", domain, id).Error; err != nil {
			return err
		}
	}
	return nil
}

// ChangeProvider changes a provider. Another issuer, client or kind of proof
// makes it another provider: it is out of use until it is tested and enabled
// again. Problems are those of AddProvider; no such provider is NotFound.
func (d *Directory) ChangeProvider(ctx context.Context, v Viewer, key string, f ProviderForm) error {
	rx := d.db.Read(ctx)
	p, err := ProviderByKey(rx, v, key)
	if err != nil {
		return err
	}
	f, domains, err := d.cleanProvider(rx, f, p.Organisation.ID, p)
	if err != nil {
		return err
	}
	raw, err := d.proof(f, p)
	if err != nil {
		return err
	}
	sealed := p.sealed
	if raw != nil {
		if sealed, err = d.sealFor("provider", p.ID, raw); err != nil {
			return err
		}
	}
	same := f.Issuer == p.Issuer && f.ClientID == p.ClientID && f.Proof == p.Proof
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		err := tx.Exec(`UPDATE people_providers SET name_en = ?, name_cy = ?, issuer = ?, client_id = ?, proof = ?, sealed = ?,
			scopes = ?, acr = ?, second_factor = ?, only_way = ?, enabled = CASE WHEN ? THEN enabled ELSE 0 END WHERE id = ?`,
			f.Name.EN, f.Name.CY, f.Issuer, f.ClientID, f.Proof, sealed, f.Scopes, f.ACR, f.SecondFactor, f.OnlyWay, same, p.ID).Error
		if err != nil {
			return err
		}
		if err := setProviderDomains(tx, p.ID, domains); err != nil {
			return err
		}
		return audit.Record(tx, "people.provider_changed", "provider:"+p.ID, f.detail(p.Organisation, domains))
	})
}

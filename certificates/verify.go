package certificates

import (
	"strings"

	"golau/internal/store"
)

// Verification is the answer to "is this certificate genuine?".
type Verification struct {
	Status Status
	// Certificate holds every printed field, to be compared with the paper. It
	// is empty when Status is Unknown or Damaged: what cannot be trusted is not
	// shown. The page shows what is printed, and never Person, Organisation,
	// Enrolment or Attempt. Nor does it lead from a superseded certificate to
	// its successor, which may bear a name that a former holder of the link
	// must not learn.
	Certificate Certificate
	Checked     store.Time
	// Fault says what is damaged, for the log and for Check; never for the public.
	Fault string
}

// Verify answers for what somebody typed, pasted or scanned (see ParseNumber).
// An address from a QR code must also bring the payload that was signed for
// this very certificate; everything else that is not right is Unknown, without
// saying how near it came.
func Verify(rx store.Rx, k *Keys, text string) (Verification, error) {
	v := Verification{Status: Unknown, Checked: rx.Now()}
	id, ok := ParseNumber(text)
	if !ok {
		return v, nil
	}
	c, found, err := byID(rx, id)
	if err != nil || !found {
		return v, err
	}
	var said Claims
	if fragment := payloadOf(text); fragment != "" {
		said, err = VerifyPayload(k, fragment)
		if err != nil || said.ID != id || !c.signed(fragment[len(version):]) {
			return v, nil
		}
	}
	if c.Erased {
		c, v.Fault, err = k.brought(rx, c, said)
	} else {
		v.Fault = k.fault(c)
	}
	if err != nil {
		return v, err
	}
	if v.Fault != "" {
		v.Status = Damaged
		return v, nil
	}
	v.Status, v.Certificate = c.StatusAt(v.Checked), c
	return v, nil
}

// fault says how a record disagrees with its signature; "" when it does not, or
// when it waits for one.
func (k *Keys) fault(c Certificate) string {
	if c.Token == "" {
		return ""
	}
	claims, err := k.parse(c.Token)
	if err != nil {
		return "its signature does not verify: " + err.Error()
	}
	digest, err := c.digest()
	switch {
	case err != nil:
		return err.Error()
	case claims.ID != c.ID:
		return "it bears the signature of another certificate"
	case claims.Digest != digest:
		return "a field was changed after it was signed"
	}
	return ""
}

// Address is where a certificate is checked, in one language, without payload.
// base is the site's own address.
func (c Certificate) Address(base, lang string) string {
	return strings.TrimSuffix(base, "/") + "/" + lang + "/verify/" + c.ID
}

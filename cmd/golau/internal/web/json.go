package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"

	"golau/internal/problem"
)

// readJSON takes in the body of a system's request.
func (c *Context) readJSON() error {
	r := c.Request()
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	if r.ContentLength > maxBody {
		return tooLarge(maxBody)
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	fits := kind == "application/json" || kind == "application/merge-patch+json" && r.Method == http.MethodPatch
	if err != nil || !fits || r.Header.Get("Content-Encoding") != "" {
		return &statusError{status: http.StatusUnsupportedMediaType, key: "api.media_type"}
	}
	var big *http.MaxBytesError
	switch c.body, err = io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxBody)); {
	case errors.As(err, &big):
		return tooLarge(maxBody)
	case err != nil:
		return &statusError{status: http.StatusBadRequest, key: "api.bad_request"}
	}
	return nil
}

// Body is what a system sent, byte for byte.
func (c *Context) Body() []byte { return c.body }

var plainName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}$`)

// Named is a name that nobody knows here, to be told back: "" where it is none that a
// field could have, since what somebody else made up is not repeated.
func Named(name string) string { return plainName.FindString(name) }

// Said reads the body as one object of texts, of which null is a nil. A name that
// is not among those allowed, or a value that is no text, is problem.Invalid with
// the name as its field; what is no such object at all, or says a thing twice, is
// answered with 400.
func (c *Context) Said(allowed ...string) (map[string]*string, error) {
	bad := &statusError{status: http.StatusBadRequest, key: "api.bad_request"}
	d := json.NewDecoder(bytes.NewReader(c.body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, bad
	}
	said, wrong := map[string]*string{}, problem.New(problem.Invalid, "api.invalid")
	wrong.Fields = map[string]string{}
	for d.More() {
		t, err := d.Token()
		name, _ := t.(string)
		var raw json.RawMessage
		if err != nil || d.Decode(&raw) != nil {
			return nil, bad
		}
		if _, twice := said[name]; twice {
			return nil, bad
		}
		var value *string
		switch {
		case !slices.Contains(allowed, name):
			wrong.Fields[Named(name)] = "api.field_unknown"
		case json.Unmarshal(raw, &value) != nil:
			wrong.Fields[name] = "api.field_text"
		}
		said[name] = value
	}
	if _, err := d.Token(); err != nil { // the brace that closes
		return nil, bad
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, bad
	}
	if len(wrong.Fields) > 0 {
		return nil, wrong
	}
	return said, nil
}

package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"golau/internal/problem"
)

// Upload returns the route with room for a file of so many bytes beside its form.
func (r Route) Upload(bytes int64) Route {
	r.Body, r.File = bytes+maxBody, true
	return r
}

// longUpload is how long a file may take to come whole, from a school on a slow line.
const longUpload = 3 * time.Minute

// patience is how long a form with more room than others may take to come whole.
func (r Route) patience() time.Duration {
	if r.File {
		return longUpload
	}
	return longRead
}

// maxFields is how many fields a form with a file may have.
const maxFields = 20

// Uploaded is the file that was sent with the form, nil where there was none. One that
// is larger than the route has room for is problem.Invalid with the field file, so that
// its page says so; of the form, what stood before it was read.
func (c *Context) Uploaded() ([]byte, error) { return c.file, c.over }

// readUpload takes in a form with a file. Nothing of it touches the disk, and what it
// is called is not looked at.
func (c *Context) readUpload(limit int64) error {
	r := c.Request()
	whole := r.Body
	r.Body = http.MaxBytesReader(c.Response(), whole, limit)
	parts, err := r.MultipartReader()
	if err != nil {
		return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
	}
	c.form = url.Values{}
	for range maxFields {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = c.readPart(part, limit)
		}
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			letCome(whole, limit)
			c.file, c.over = nil, fileTooLarge(limit)
			return nil
		}
		if err != nil {
			return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
		}
	}
	return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
}

func (c *Context) readPart(part *multipart.Part, limit int64) error {
	room := int64(maxBody)
	if part.FormName() == "file" {
		room = limit
	}
	body, err := io.ReadAll(io.LimitReader(part, room+1))
	switch {
	case err != nil:
		return err
	case int64(len(body)) > room:
		return &http.MaxBytesError{Limit: room}
	case part.FormName() == "file":
		c.file = body
	default:
		c.form.Add(part.FormName(), string(body))
	}
	return nil
}

// fileTooLarge says what a file may have, the form beside it aside.
func fileTooLarge(limit int64) error {
	return problem.InvalidField("file", "web.file_too_large", "MiB", (limit-maxBody)>>20)
}

// letCome reads what was sent and is too much, within reason: a browser that is
// answered before it has sent everything shows that the line broke, not the answer.
func letCome(body io.Reader, limit int64) {
	_, _ = io.Copy(io.Discard, io.LimitReader(body, 6*limit))
}

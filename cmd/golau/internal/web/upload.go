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

// maxFields is how many fields a form with files may have, and MaxFiles how many of
// these. All of them share the route's room.
const (
	maxFields = 20
	MaxFiles  = 200
)

// File is a file that was sent with a form. What it is called is the sender's word.
type File struct {
	Name string
	Body []byte
}

// Files are the files that were sent with the form; errors as Uploaded has them.
func (c *Context) Files() ([]File, error) { return c.sent, c.over }

// Uploaded is the file that was sent with the form, nil where there was none. One that
// is larger than the route has room for is problem.Invalid with the field file, so that
// its page says so; of the form, what stood before it was read.
func (c *Context) Uploaded() ([]byte, error) {
	if len(c.sent) == 0 {
		return nil, c.over
	}
	return c.sent[0].Body, c.over
}

// readUpload takes in a form with files. Nothing of them touches the disk.
func (c *Context) readUpload(limit int64) error {
	r := c.Request()
	whole := r.Body
	r.Body = http.MaxBytesReader(c.Response(), whole, limit)
	parts, err := r.MultipartReader()
	if err != nil {
		return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
	}
	c.form = url.Values{}
	for range maxFields + MaxFiles {
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
			c.sent, c.over = nil, fileTooLarge(limit)
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
	case part.FormName() == "file" && part.FileName() == "" && len(body) == 0: // none was chosen
	case part.FormName() == "file":
		c.sent = append(c.sent, File{part.FileName(), body})
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

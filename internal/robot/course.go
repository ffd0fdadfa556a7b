package robot

import (
	"context"
	"fmt"
	"net/url"
	"strings"
)

// SignInAs presses "Sign in as …" of the demonstration.
func (v *Visitor) SignInAs(ctx context.Context, key string) error {
	const path = "/en/demo/sign-in"
	p, err := v.Post(ctx, path, url.Values{"person": {key}})
	_, err = follow(path, p, err)
	return err
}

// ReadModule presses Continue until the check comes, and returns the address of
// the check. What has been read already is read again, which changes nothing.
func (v *Visitor) ReadModule(ctx context.Context, course, module string) (check string, err error) {
	path := "/en/learn/" + course + "/" + module
	p, err := v.Get(ctx, path)
	at, err := follow(path, p, err)
	for range 100 {
		if err != nil || strings.HasSuffix(at, "/check") {
			return at, err
		}
		path = at
		p, err = v.Post(ctx, path, nil)
		at, err = follow(path, p, err)
	}
	return "", fmt.Errorf("%s: a hundred sections, and no check", at)
}

// Start begins an assessment, or goes on with the one begun, and returns the
// address of its attempt.
func (v *Visitor) Start(ctx context.Context, assessment string) (attempt string, err error) {
	p, err := v.Post(ctx, assessment, nil)
	at, err := follow(assessment, p, err)
	attempt, _, _ = strings.Cut(at, "/questions/")
	return attempt, err
}

// Submit hands an attempt in and returns the address of its result.
func (v *Visitor) Submit(ctx context.Context, attempt string) (result string, err error) {
	path := attempt + "/submit"
	p, err := v.Post(ctx, path, nil)
	return follow(path, p, err)
}

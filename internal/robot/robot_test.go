package robot

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// The pages here are as small as a page can be; that the robot understands the
// real ones is shown where it is used.
func site(t *testing.T) *Visitor {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /en/demo/sign-in", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "__Host-x", Value: r.FormValue("person"), Secure: true, Path: "/"})
		http.Redirect(w, r, "/en/learn", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /en/learn/c/m", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/en/learn/c/m/one", http.StatusSeeOther)
	})
	mux.HandleFunc("POST /en/learn/c/m/{part}", func(w http.ResponseWriter, r *http.Request) {
		if k, err := r.Cookie("__Host-x"); err != nil || k.Value != "tom" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		to := map[string]string{"one": "two", "two": "check"}[r.PathValue("part")]
		if r.PathValue("part") == "check" {
			http.Redirect(w, r, "/en/attempts/a/questions/3", http.StatusSeeOther)
			return
		}
		http.Redirect(w, r, "/en/learn/c/m/"+to, http.StatusSeeOther)
	})
	mux.HandleFunc("GET /en/attempts/a/questions/1", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<form id="switch"><input name="answer" type="radio" value="no"></form><form method="post" id="question">
			<input type="hidden" name="version" value="7"><input id="c" name="answer" type="radio" value="b1">
			<input id="d" name="answer" type="radio" value="b2" checked><select id="x" name="step.1"><option value="">-</option>
			<option value="s1" selected>-</option><option value="s2">-</option></select>
			<select name="step.2"><option value="s1">-</option><option value="s2">-</option></select>
			<input name="sure" type="radio" value="sure"></form>`)
	})
	mux.HandleFunc("POST /en/attempts/a/questions/1", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.FormValue("version") != "7":
			w.WriteHeader(http.StatusConflict)
		case r.Header.Get("Accept") == "application/json":
			fmt.Fprint(w, `{"saved":"14:02","version":8,"message":""}`)
		default:
			http.Redirect(w, r, "/en/attempts/a/questions/2", http.StatusSeeOther)
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return New(s.URL, http.DefaultTransport)
}

func TestTakesACourse(t *testing.T) {
	v, ctx := site(t), context.Background()
	if _, err := v.ReadModule(ctx, "c", "m"); err == nil {
		t.Error("read without signing in")
	}
	if err := v.SignInAs(ctx, "tom"); err != nil {
		t.Fatal(err)
	}
	check, err := v.ReadModule(ctx, "c", "m")
	if err != nil || check != "/en/learn/c/m/check" {
		t.Fatalf("%q, %v", check, err)
	}
	attempt, err := v.Start(ctx, check)
	if err != nil || attempt != "/en/attempts/a" {
		t.Fatalf("%q, %v", attempt, err)
	}
	q, err := v.Question(ctx, attempt, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Fields) != 3 || q.Version != 7 || !slices.Equal(q.Given["answer"], []string{"b2"}) || q.Given.Get("step.1") != "s1" {
		t.Fatalf("%+v", q)
	}
	a := q.Choose(0)
	if a.Get("answer") != "b1" || a.Get("step.1") == a.Get("step.2") {
		t.Errorf("%v", a)
	}
	if s, err := v.Save(ctx, q, a); err != nil || s.Version != 8 || s.Status != http.StatusOK {
		t.Errorf("%+v, %v", s, err)
	}
	if to, err := v.Next(ctx, q, a); err != nil || to != "/en/attempts/a/questions/2" {
		t.Errorf("%q, %v", to, err)
	}
	q.Version = 6
	if s, err := v.Save(ctx, q, a); err != nil || s.Status != http.StatusConflict {
		t.Errorf("%+v, %v", s, err)
	}
}

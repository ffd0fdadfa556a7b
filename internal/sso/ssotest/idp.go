// Package ssotest is the sign-in of an agency, for tests: one that keeps every
// rule, and breaks any that a test tells it to. It knows no room of the house,
// and no product holds it.
package ssotest

import (
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// IdP is the fake. Change its fields before it is asked.
type IdP struct {
	*httptest.Server
	t testing.TB

	ClientID, Secret string
	Now              func() time.Time
	Person           map[string]any // claims of whoever signs in
	Info             map[string]any // what userinfo says; nil: there is none
	// Doc changes what it says of itself, Keys its published keys, Forge a token
	// before it is signed, Reply what the token endpoint answers.
	Doc   func(map[string]any)
	Keys  func() []any
	Forge func(*Token)
	Reply func(map[string]any)
	Site  *rsa.PublicKey // the site's own key, where it proves itself by one
	Twice bool           // redeems a code again, which no honest one does
	Down  bool           // answers every question with an error

	mu    sync.Mutex
	codes map[string]url.Values
	asked map[string]int
	key   *Key
}

// Token is a token that is about to be signed.
type Token struct {
	Method jwt.SigningMethod
	Key    any
	Header map[string]any
	Claims jwt.MapClaims
	Raw    string // when set, sent instead
}

// Key is a signing key with a name.
type Key struct {
	ID  string
	RSA *rsa.PrivateKey
}

var keys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var ks [2]*rsa.PrivateKey
	for i := range ks {
		k, err := rsa.GenerateKey(nil, 2048) // which draws by itself
		if err != nil {
			panic(err)
		}
		ks[i] = k
	}
	return ks
})

// First and Second are its key and the one it rotates to.
func First() *Key  { return &Key{"first", keys()[0]} }
func Second() *Key { return &Key{"second", keys()[1]} }

// JWK is the public half of a key.
func (k *Key) JWK() map[string]any {
	b64 := base64.RawURLEncoding.EncodeToString
	return map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": k.ID, "n": b64(k.RSA.N.Bytes()),
		"e": b64(big.NewInt(int64(k.RSA.E)).Bytes())}
}

// New starts one on this machine. Its clock is the test's.
func New(t testing.TB, now func() time.Time) *IdP {
	p := &IdP{t: t, ClientID: "golau", Secret: "a word that both know", Now: now, codes: map[string]url.Values{}, asked: map[string]int{},
		key: First(), Person: map[string]any{"sub": "subject-1", "email": "mari@shared.example", "email_verified": true, "name": "Mari Wyn"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.doc)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /me", p.me)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked[r.URL.Path]++
		down := p.Down
		p.mu.Unlock()
		w.Header().Set("Date", p.Now().UTC().Format(http.TimeFormat))
		if down {
			http.Error(w, "down", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// Asked says how often a path was asked for.
func (p *IdP) Asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// Rotate makes another key the one it signs with and publishes.
func (p *IdP) Rotate(k *Key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = k
}

func send(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (p *IdP) doc(w http.ResponseWriter, _ *http.Request) {
	d := map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
		"jwks_uri": p.URL + "/keys", "end_session_endpoint": p.URL + "/end", "id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"pairwise"}}
	if p.Info != nil {
		d["userinfo_endpoint"] = p.URL + "/me"
	}
	if p.Doc != nil {
		p.Doc(d)
	}
	send(w, http.StatusOK, d)
}

func (p *IdP) keys(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	set := []any{p.key.JWK()}
	p.mu.Unlock()
	if p.Keys != nil {
		set = p.Keys()
	}
	send(w, http.StatusOK, map[string]any{"keys": set})
}

// Authorize is somebody signing in at the address they were sent to: what their
// browser brings back.
func (p *IdP) Authorize(address string) url.Values {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{"response_type": "code", "client_id": p.ClientID, "code_challenge_method": "S256"} {
		if q.Get(name) != want {
			p.t.Errorf("%s is %q, want %q, in %s", name, q.Get(name), want, address)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge", "redirect_uri", "scope"} {
		if len(q.Get(name)) < 6 {
			p.t.Errorf("%s is %q in %s", name, q.Get(name), address)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code := fmt.Sprintf("code-%d-%s", len(p.codes), q.Get("state")[:6])
	p.codes[code] = q
	return url.Values{"code": {code}, "state": {q.Get("state")}}
}

// token redeems a code, once, for whoever can show that they asked.
func (p *IdP) token(w http.ResponseWriter, r *http.Request) {
	refuse := func(word string) { send(w, http.StatusBadRequest, map[string]any{"error": word}) }
	_ = r.ParseForm()
	if !p.client(r) {
		refuse("invalid_client")
		return
	}
	p.mu.Lock()
	q, ok := p.codes[r.PostForm.Get("code")]
	if !p.Twice {
		delete(p.codes, r.PostForm.Get("code"))
	}
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != q.Get("code_challenge") || r.PostForm.Get("redirect_uri") != q.Get("redirect_uri") {
		refuse("invalid_grant")
		return
	}
	reply := map[string]any{"access_token": "an access token", "token_type": "Bearer", "expires_in": 300, "id_token": p.sign(q.Get("nonce"))}
	if p.Reply != nil {
		p.Reply(reply)
	}
	send(w, http.StatusOK, reply)
}

// client says whether the site has proven who it is.
func (p *IdP) client(r *http.Request) bool {
	if proof := r.PostForm.Get("client_assertion"); proof != "" {
		c := jwt.RegisteredClaims{}
		_, err := jwt.ParseWithClaims(proof, &c, func(*jwt.Token) (any, error) { return p.Site, nil },
			jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience(p.URL+"/token"), jwt.WithIssuer(p.ClientID), jwt.WithSubject(p.ClientID),
			jwt.WithExpirationRequired(), jwt.WithTimeFunc(p.Now))
		return err == nil && c.ID != "" && r.PostForm.Get("client_secret") == ""
	}
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	} else {
		id, _ = url.QueryUnescape(id)
		secret, _ = url.QueryUnescape(secret)
	}
	return id == p.ClientID && secret == p.Secret
}

func (p *IdP) sign(nonce string) string {
	now := p.Now()
	p.mu.Lock()
	key := p.key
	p.mu.Unlock()
	t := &Token{Method: jwt.SigningMethodRS256, Key: key.RSA, Header: map[string]any{"kid": key.ID}, Claims: jwt.MapClaims{
		"iss": p.URL, "aud": p.ClientID, "nonce": nonce, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()}}
	maps.Copy(t.Claims, p.Person)
	if p.Forge != nil {
		p.Forge(t)
	}
	if t.Raw != "" {
		return t.Raw
	}
	j := jwt.NewWithClaims(t.Method, t.Claims)
	maps.Copy(j.Header, t.Header)
	raw, err := j.SignedString(t.Key)
	if err != nil {
		p.t.Error(err)
	}
	return raw
}

func (p *IdP) me(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer an access token" {
		http.Error(w, "who asks?", http.StatusUnauthorized)
		return
	}
	send(w, http.StatusOK, p.Info)
}

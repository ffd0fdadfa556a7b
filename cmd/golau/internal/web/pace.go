package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"golau/internal/problem"
)

// DefaultPace is how many requests a token may bring in a minute.
const DefaultPace = 300

// pace counts the requests of each token in the running minute. It is forgotten
// with the minute and with the program.
type pace struct {
	mu     sync.Mutex
	minute int64
	used   map[string]int
	most   int // 0: DefaultPace
}

// take counts one more, and says on the answer how many are left. Beyond that it
// is problem.TooMany until the next minute.
func (p *pace) take(h http.Header, token string, now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	most := p.most
	if most == 0 {
		most = DefaultPace
	}
	if minute := now.Unix() / 60; minute != p.minute || p.used == nil {
		p.minute, p.used = minute, map[string]int{}
	}
	p.used[token]++
	wait := 60 - now.Unix()%60
	h.Set("RateLimit-Policy", fmt.Sprintf(`"token";q=%d;w=60`, most))
	h.Set("RateLimit", fmt.Sprintf(`"token";r=%d;t=%d`, max(most-p.used[token], 0), wait))
	if p.used[token] > most {
		return problem.New(problem.TooMany, "api.too_many", "Most", most).After(time.Duration(wait) * time.Second)
	}
	return nil
}

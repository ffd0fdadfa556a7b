package scenario

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// state is what is true in a case: a truth is 0 or 1, a number what it is.
type state map[string]value

type value struct {
	n     int
	truth bool
}

// clock is the number in every state that is the case's time, in minutes from the
// midnight before it began. Only minutes and hours move it.
const clock = "clock"

// condition is when something holds: truths by their names, numbers compared,
// the clock compared with a time of day, joined by not, and, or; "and" binds
// closer. Nothing is always.
type condition func(state) bool

var lexeme = regexp.MustCompile(`^\s*([a-z][a-z_]*|[0-9]{1,2}:[0-9]{2}|-?[0-9]+|>=|<=|>|<|=)`)

// condition reads what an author wrote: "told or trust >= 1 and clock < 06:40".
func (st state) condition(text string) (condition, error) {
	var words []string
	for rest := text; rest != ""; {
		m := lexeme.FindStringSubmatch(rest)
		if m == nil {
			if len(rest) > 0 && regexp.MustCompile(`^\s+$`).MatchString(rest) {
				break
			}
			return nil, fmt.Errorf("%q cannot be read", rest)
		}
		words, rest = append(words, m[1]), rest[len(m[0]):]
	}
	if len(words) == 0 {
		return func(state) bool { return true }, nil
	}
	p := reader{st, words}
	c, err := p.either()
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("%q is left over", p.words[0])
	}
	return c, err
}

type reader struct {
	st    state
	words []string
}

func (p *reader) next(word string) bool {
	if len(p.words) == 0 || p.words[0] != word {
		return false
	}
	p.words = p.words[1:]
	return true
}

func (p *reader) either() (condition, error) {
	a, err := p.both()
	for err == nil && p.next("or") {
		left, right := a, condition(nil)
		right, err = p.both()
		a = func(s state) bool { return left(s) || right(s) }
	}
	return a, err
}

func (p *reader) both() (condition, error) {
	a, err := p.one()
	for err == nil && p.next("and") {
		left, right := a, condition(nil)
		right, err = p.one()
		a = func(s state) bool { return left(s) && right(s) }
	}
	return a, err
}

var compare = map[string]func(a, b int) bool{
	">=": func(a, b int) bool { return a >= b }, "<=": func(a, b int) bool { return a <= b },
	">": func(a, b int) bool { return a > b }, "<": func(a, b int) bool { return a < b },
	"=": func(a, b int) bool { return a == b },
}

func (p *reader) one() (condition, error) {
	if p.next("not") {
		c, err := p.one()
		return func(s state) bool { return !c(s) }, err
	}
	if len(p.words) == 0 {
		return nil, errors.New("it ends too soon")
	}
	name := p.words[0]
	p.words = p.words[1:]
	v, ok := p.st[name]
	if !ok {
		return nil, fmt.Errorf("%q is not in the state at the start", name)
	}
	if v.truth {
		return func(s state) bool { return s[name].n != 0 }, nil
	}
	if len(p.words) < 2 || compare[p.words[0]] == nil {
		return nil, fmt.Errorf("the number %q needs a comparison", name)
	}
	holds := compare[p.words[0]]
	n, err := bound(name, p.words[1])
	if err != nil {
		return nil, err
	}
	p.words = p.words[2:]
	return func(s state) bool { return holds(s[name].n, n) }, nil
}

// bound reads what a number is compared with: the clock with a time, where 30:00
// is six the next morning, any other with a number.
func bound(name, word string) (int, error) {
	hours, minutes, timed := strings.Cut(word, ":")
	switch h, err := strconv.Atoi(hours); {
	case name != clock && (timed || err != nil):
		return 0, fmt.Errorf("%q is no number", word)
	case name != clock:
		return h, nil
	case !timed || err != nil || minutes > "59":
		return 0, fmt.Errorf("the clock is compared with a time like 06:40, not with %q", word)
	default:
		m, err := strconv.Atoi(minutes)
		return h*60 + m, err
	}
}

// stateOf reads the state at the start.
func stateOf(given map[string]any) (state, error) {
	st := state{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if name == clock {
			return nil, errors.New("clock is the case's time; give the state another name")
		}
		v, err := valueOf(given[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		st[name] = v
	}
	return st, nil
}

func valueOf(given any) (value, error) {
	switch v := given.(type) {
	case bool:
		if v {
			return value{1, true}, nil
		}
		return value{0, true}, nil
	case int, int64, uint64:
		n, err := strconv.Atoi(fmt.Sprint(v))
		return value{n, false}, err
	}
	return value{}, fmt.Errorf("%v is neither true nor false nor a number", given)
}

// with returns the state after a choice.
func (st state) with(set map[string]any) (state, error) {
	if len(set) == 0 {
		return st, nil
	}
	after := maps.Clone(st)
	for _, name := range slices.Sorted(maps.Keys(set)) {
		old, known := st[name]
		v, err := valueOf(set[name])
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		case name == clock:
			return nil, errors.New("the clock is moved by minutes, not by set")
		case !known:
			return nil, fmt.Errorf("%q is not in the state at the start", name)
		case v.truth != old.truth:
			return nil, fmt.Errorf("%q is a truth in one place and a number in another", name)
		case !v.truth:
			v.n += old.n
		}
		after[name] = v
	}
	return after, nil
}

// later returns the state when minutes of the case's time have passed.
func (st state) later(minutes int) state {
	if minutes == 0 {
		return st
	}
	after := maps.Clone(st)
	after[clock] = value{n: st[clock].n + minutes}
	return after
}

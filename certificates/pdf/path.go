package pdf

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// pathOps turns the path data of an SVG drawing into PDF path operators, in the
// drawing's own units. It knows the commands M L H V C S A Z and their relative
// forms; the drawings are our own, so another command is a programmer's error.
func pathOps(data string) string {
	p := &pathPen{rest: data}
	for p.step() {
	}
	return p.out.String()
}

// pathPen walks over path data.
type pathPen struct {
	rest         string
	command      byte
	x, y         float64 // where the pen is
	startX       float64 // where the figure began
	startY       float64
	ctrlX, ctrlY float64 // last control point, for S
	out          strings.Builder
}

// step draws one command, or one repetition of it; false at the end.
func (p *pathPen) step() bool {
	p.rest = strings.TrimLeft(p.rest, " ,\n\t")
	if p.rest == "" {
		return false
	}
	if c := p.rest[0]; c >= 'A' && c <= 'z' {
		p.command = c
		p.rest = p.rest[1:]
	}
	relative := p.command >= 'a'
	dx, dy := 0.0, 0.0
	if relative {
		dx, dy = p.x, p.y
	}
	switch p.command &^ 0x20 { // upper case
	case 'M':
		p.x, p.y = p.number()+dx, p.number()+dy
		p.startX, p.startY = p.x, p.y
		fmt.Fprintf(&p.out, "%s m\n", point(p.x, p.y))
		p.command -= 'M' - 'L' // further pairs are lines
	case 'L':
		p.lineTo(p.number()+dx, p.number()+dy)
	case 'H':
		p.lineTo(p.number()+dx, p.y)
	case 'V':
		p.lineTo(p.x, p.number()+dy)
	case 'C':
		p.curveTo(p.number()+dx, p.number()+dy, p.number()+dx, p.number()+dy, p.number()+dx, p.number()+dy)
		return true
	case 'S':
		p.curveTo(2*p.x-p.ctrlX, 2*p.y-p.ctrlY, p.number()+dx, p.number()+dy, p.number()+dx, p.number()+dy)
		return true
	case 'A':
		r, _, _ := p.number(), p.number(), p.number() // round, so the other radius and the turn say nothing
		large, sweep := p.number() != 0, p.number() != 0
		p.arcTo(r, large, sweep, p.number()+dx, p.number()+dy)
	case 'Z':
		p.x, p.y = p.startX, p.startY
		p.out.WriteString("h\n")
	default:
		panic(fmt.Sprintf("pdf: path command %q", p.command))
	}
	p.ctrlX, p.ctrlY = p.x, p.y
	return true
}

func (p *pathPen) number() float64 {
	p.rest = strings.TrimLeft(p.rest, " ,\n\t")
	end := 0
	for end < len(p.rest) && (strings.IndexByte("0123456789.", p.rest[end]) >= 0 || end == 0 && p.rest[end] == '-') {
		end++
	}
	v, err := strconv.ParseFloat(p.rest[:end], 64)
	if err != nil {
		panic(fmt.Sprintf("pdf: path data at %q: %v", p.rest, err))
	}
	p.rest = p.rest[end:]
	return v
}

func (p *pathPen) lineTo(x, y float64) {
	p.x, p.y = x, y
	fmt.Fprintf(&p.out, "%s l\n", point(x, y))
}

func (p *pathPen) curveTo(x1, y1, x2, y2, x, y float64) {
	fmt.Fprintf(&p.out, "%s %s %s c\n", point(x1, y1), point(x2, y2), point(x, y))
	p.x, p.y, p.ctrlX, p.ctrlY = x, y, x2, y2
}

// arcTo draws a round arc as curves of at most a quarter turn each.
func (p *pathPen) arcTo(r float64, large, sweep bool, x, y float64) {
	hx, hy := (p.x-x)/2, (p.y-y)/2
	half := math.Hypot(hx, hy)
	r = max(r, half)
	k := math.Sqrt(max(0, r*r-half*half)) / half
	if large == sweep {
		k = -k
	}
	cx, cy := (p.x+x)/2+k*hy, (p.y+y)/2-k*hx
	from, to := math.Atan2(p.y-cy, p.x-cx), math.Atan2(y-cy, x-cx)
	if sweep && to < from {
		to += 2 * math.Pi
	} else if !sweep && to > from {
		to -= 2 * math.Pi
	}
	parts := math.Ceil(math.Abs(to-from)/(math.Pi/2) - 1e-9)
	turn := (to - from) / parts
	bend := 4.0 / 3 * math.Tan(turn/4) * r
	for i := range int(parts) {
		a := from + float64(i)*turn
		b := a + turn
		p.curveTo(cx+r*math.Cos(a)-bend*math.Sin(a), cy+r*math.Sin(a)+bend*math.Cos(a),
			cx+r*math.Cos(b)+bend*math.Sin(b), cy+r*math.Sin(b)-bend*math.Cos(b),
			cx+r*math.Cos(b), cy+r*math.Sin(b))
	}
}

// point writes a pair of coordinates.
func point(x, y float64) string { return num(x) + " " + num(y) }

// num writes a number with at most four digits after the point, which is far
// finer than any printer, and without an exponent, which PDF does not know.
func num(v float64) string {
	s := strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

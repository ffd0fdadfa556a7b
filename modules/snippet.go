package modules

import "strings"

// snippet cuts out of a text where most of the words looked for stand together,
// and says which they are. A short text is shown whole.
func (p *place) snippet(ways [][]string) []Piece {
	hit := make([]int, len(p.folded)) // which word was asked for, counted from 1
	for i, s := range p.folded {
		hit[i] = meets(s, ways)
	}
	from, to := p.window(hit)
	if from == to {
		return nil
	}
	var pieces []Piece
	at := 0
	if from > 0 {
		at = p.folded[from].start
		pieces = append(pieces, Piece{Text: "… "})
	}
	for i := from; i < to; i++ {
		if hit[i] == 0 {
			continue
		}
		s := p.folded[i]
		if s.start > at {
			pieces = append(pieces, Piece{Text: p.text[at:s.start]})
		}
		pieces = append(pieces, Piece{Text: p.text[s.start:s.end], Hit: true})
		at = s.end
	}
	end := len(p.text)
	if to < len(p.folded) {
		end = p.folded[to-1].end
	}
	if at < end {
		pieces = append(pieces, Piece{Text: p.text[at:end]})
	}
	if to < len(p.folded) {
		pieces = append(pieces, Piece{Text: " …"})
	}
	return pieces
}

// meets says which of the words asked for a word answers to; 0 for none.
func meets(word span, ways [][]string) int {
	for i, of := range ways {
		for _, way := range of {
			if strings.HasPrefix(word.folded, way) || word.marked != "" && strings.HasPrefix(word.marked, way) {
				return i + 1
			}
		}
	}
	return 0
}

// window returns the words between which most of what was asked for stands, as
// far as a snippet goes; from the beginning where nothing does.
func (p *place) window(hit []int) (from, to int) {
	until := func(from int) int {
		to := from
		for to < len(p.folded) && p.folded[to].end-p.folded[from].start <= snippetSize {
			to++
		}
		return max(to, min(from+1, len(p.folded)))
	}
	best := 0
	for i := range p.folded {
		if hit[i] == 0 {
			continue
		}
		begin := p.lead(i)
		end := until(begin)
		different := map[int]bool{}
		for _, h := range hit[i:max(i, end)] {
			different[h] = h > 0
		}
		delete(different, 0)
		if len(different) > best {
			best, from, to = len(different), begin, end
		}
	}
	if best == 0 {
		return 0, until(0)
	}
	return from, to
}

// before is how much of a text stands before the first hit of a snippet.
const before = 50

// lead is the word with which a snippet begins whose first hit is the i-th.
func (p *place) lead(i int) int {
	begin := i
	for begin > 0 && p.folded[i].start-p.folded[begin-1].start <= before {
		begin--
	}
	for begin > 0 && strings.ContainsAny(p.text[p.folded[begin-1].end:p.folded[begin].start], "’'") { // not with the end of mae’n
		begin--
	}
	return begin
}

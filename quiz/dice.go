package quiz

import (
	"encoding/binary"
	"fmt"
	"io"
)

// dice makes even choices from a source of random bytes. The bytes come from
// the transaction, so that a test can repeat a draw.
type dice struct {
	from io.Reader
	buf  [64]byte
	left int
	err  error // the first failure of the source; choices after it are all 0
}

func (d *dice) uint32() uint32 {
	if d.left < 4 {
		if d.err == nil {
			if _, err := io.ReadFull(d.from, d.buf[:]); err != nil {
				d.err = fmt.Errorf("no randomness for a paper: %w", err)
			}
		}
		if d.err != nil {
			return 0
		}
		d.left = len(d.buf)
	}
	v := binary.LittleEndian.Uint32(d.buf[len(d.buf)-d.left:])
	d.left -= 4
	return v
}

// below returns a number from 0 to n-1, each equally likely; n ≥ 1.
func (d *dice) below(n int) int {
	// The last, incomplete stretch of n is thrown away: it would favour small
	// numbers.
	whole := uint32(1 << 32 / uint64(n) * uint64(n) & 0xffffffff)
	for {
		v := d.uint32()
		if whole == 0 || v < whole {
			return int(v % uint32(n))
		}
	}
}

// shuffle puts s into an order in which every order is equally likely.
func shuffle[T any](d *dice, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := d.below(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}

// shuffled returns a shuffled copy.
func shuffled[T any](d *dice, s []T) []T {
	c := append([]T(nil), s...)
	shuffle(d, c)
	return c
}

package i18n

import "sync"

// durations are the words of Minutes. They lie among the messages, so that a
// translator meets them, but are read apart from the rest: a fault in another
// room's file must not silence a clock.
var durations = sync.OnceValue(func() *Catalogue {
	entries := map[Lang]map[string]entry{}
	for _, l := range Langs {
		entries[l] = map[string]entry{}
		file := "rooms/i18n." + string(l) + ".yaml"
		if faults := readMessages(Messages(), file, entries[l]); len(faults) > 0 {
			panic(faults[0]) // our own file, read by every test
		}
	}
	c, err := newCatalogue(entries)
	if err != nil {
		panic(err)
	}
	return c
})

// Minutes writes a length of n minutes in hours and minutes: "1 hour 54
// minutes", "1 awr 54 munud". A negative length counts as none.
func Minutes(l Lang, n int) string {
	n = max(n, 0)
	hours, minutes := n/60, n%60
	words := durations()
	switch {
	case hours == 0:
		return words.T(l, "i18n.minutes", "Count", minutes)
	case minutes == 0:
		return words.T(l, "i18n.hours", "Count", hours)
	}
	return words.T(l, "i18n.hours_minutes",
		"Hours", words.T(l, "i18n.hours", "Count", hours),
		"Minutes", words.T(l, "i18n.minutes", "Count", minutes))
}

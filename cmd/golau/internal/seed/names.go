package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The names of the crowd: first names and surnames that go together. Any likeness
// is chance.
var names = []struct {
	first, last []string
}{
	{ // Welsh
		strings.Fields(`Alun Aled Angharad Anwen Bethan Branwen Bryn Carys Catrin Ceri Cerys Dewi Dilys Efa Eirlys Eleri
			Elin Emrys Enlli Ffion Gareth Gethin Glenys Gwen Gwenllian Gwilym Gwyn Hefin Heledd Huw Hywel Idris Ieuan Ifan
			Iolo Iwan Lleucu Llinos Llŷr Lowri Mair Mared Meinir Meirion Menna Mererid Mirain Nerys Nia Non Olwen Osian
			Rhiannon Rhodri Rhys Sioned Siwan Steffan Tegid Tudur Siân Siôn`),
		strings.Fields(`Jones Williams Davies Evans Thomas Roberts Lewis Hughes Edwards Griffiths Owen Lloyd Rees Jenkins
			Pugh Parry Powell Ellis Vaughan Bowen Gwynne Llewelyn Meredith Morris Phillips Probert Rowlands Wyn
			Wynne-Jones Prys-Davies Bebb Humphreys`),
	},
	{ // English
		strings.Fields(`Alice Andrew Anna Ben Charlotte Claire Daniel David Emma Grace Hannah Helen Jack James Joanne Karen
			Kate Laura Lucy Mark Martin Matthew Michelle Natalie Nicola Oliver Paul Peter Rachel Rebecca Robert Ruth Sam
			Sarah Simon Sophie Stephen Susan Victoria`),
		strings.Fields(`Baker Barker Bennett Carter Clarke Cooper Dixon Fisher Foster Green Hall Harris Hill Hunt Marsh
			Mason Palmer Shaw Turner Walker Webb Wood Wright Young O’Connor Smith-Hale Davies Jones Evans`),
	},
	{ // from further away
		strings.Fields(`Amina Arjun Chidi Farah Ifeoma Jasmine João Leila Magdalena Mei Ngozi Piotr Priya Rosa Samira Tomasz
			Yasmin Yusuf Zofia Abdi`),
		strings.Fields(`Ahmed Begum Chen Eze Fernandes Haddad Hussain Iqbal Kowalska Marques Mohamed Nair Nowak Okafor Patel
			Rahman Silva Warsame Wójcik`),
	},
}

// Parts of the three sorts of name among each hundred people.
const (
	welshNames   = 45
	englishNames = 40
)

// namer deals names, no pair of first name and surname twice while there are new
// ones.
type namer struct {
	rng  *rand.Rand
	used map[string]int
}

// next returns a name and whether it is a Welsh one.
func (n *namer) next() (name string, welsh bool) {
	for range 20 {
		sort := 2
		switch p := n.rng.IntN(100); {
		case p < welshNames:
			sort = 0
		case p < welshNames+englishNames:
			sort = 1
		}
		set := names[sort]
		name, welsh = set.first[n.rng.IntN(len(set.first))]+" "+set.last[n.rng.IntN(len(set.last))], sort == 0
		if n.used[name] == 0 {
			break
		}
	}
	return name, welsh
}

// email makes an address of a name. Two of one name are told apart by a number.
func (n *namer) email(name, domain string) string {
	n.used[name]++
	local := ascii(name)
	if k := n.used[name]; k > 1 {
		local += fmt.Sprint(".", k)
	}
	return local + "@" + domain
}

// ascii writes a name in plain small letters: "Llŷr O’Connor" is "llyr.oconnor".
func ascii(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '.'
		case r == '-' || r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

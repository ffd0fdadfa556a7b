package modules

import "slices"

// Nations says for which nations a module has words. It is written for Default;
// in those of Switch, law or route differ here and there, and a block of the text
// says so; readers in those of Signpost are shown the page that says where to ask.
type Nations struct {
	Default  string   `yaml:"default"`
	Switch   []string `yaml:"switch"`
	Signpost []string `yaml:"signpost"`
}

// signpostPage is where those of Signpost are shown to.
const signpostPage = "nations"

// checkNations refuses what no page would honour: a module that is written for
// another nation than the rest, and a nation that would be both, or neither.
func (ld *loader) checkNations(rep report, n Nations) {
	const where = "nations"
	if n.Default != "wales" {
		rep.fault(0, where, "default is %q; every module is written for wales", n.Default)
	}
	all := slices.Concat(n.Switch, n.Signpost)
	for i, name := range all {
		if _, ok := ld.labels.Nations[name]; !ok {
			rep.fault(0, where, "%q is no nation of labels.yaml", name)
		}
		if name == n.Default || slices.Contains(all[:i], name) {
			rep.fault(0, where, "%q is named twice among default, switch and signpost", name)
		}
	}
	for name := range ld.labels.Nations {
		if name != n.Default && !slices.Contains(all, name) {
			rep.fault(0, where, "%q is missing: name it under switch or signpost", name)
		}
	}
	if len(n.Signpost) > 0 && !slices.Contains(ld.pages, signpostPage) {
		rep.fault(0, where, "signpost leads to pages/%s, which is not there", signpostPage)
	}
}

// nationsOf are the nations that blocks set apart, each once.
func nationsOf(blocks []block) []string {
	var names []string
	for _, b := range blocks {
		if b.kind == "nation" && !slices.Contains(names, b.arg) {
			names = append(names, b.arg)
		}
	}
	return names
}

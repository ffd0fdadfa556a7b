package modules

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// Every fault that the check names, put into the sound library and found again,
// in the right file and weight.
func TestFaultsAreFound(t *testing.T) {
	long := strings.Repeat("one two three four five ", 6)
	for name, tc := range map[string]struct {
		file, from, to string
		// in is where the finding must point, "" for the file that was broken.
		in, want string
		warning  bool
	}{
		// both languages, built alike
		"Welsh title missing":        {file: "lamp/module.yaml", from: `, cy: "Lamp fach"`, want: "title or lead is missing"},
		"Welsh objective missing":    {file: "lamp/module.yaml", from: `  cy: "Gallaf ddweud beth a welais."` + "\n", want: "objective see: words are missing"},
		"Welsh fact missing":         {file: "facts.yaml", from: `  cy: "18 yw’r oedran yn Neddf 2015."` + "\n", want: "fact child-age: words are missing"},
		"Welsh source missing":       {file: "sources.yaml", from: `, cy: "Deddf a’i nodiadau"`, want: "source S01: the title is missing"},
		"Welsh label missing":        {file: "labels.yaml", from: `cy: "Cofiwch"`, to: `cy: ""`, want: "parts key: words are missing"},
		"label missing":              {file: "labels.yaml", from: `  key: {en: "Remember", cy: "Cofiwch"}` + "\n", want: `the part "key" has no words`},
		"role without a name":        {file: "labels.yaml", from: `  health: {en: "Health", cy: "Iechyd"}` + "\n", in: "lamp/module.yaml", want: `the role "health" has no name`},
		"role block without a name":  {file: "labels.yaml", from: `  health: {en: "Health", cy: "Iechyd"}` + "\n", in: "lamp/cy.md", want: `the role "health" has no name`},
		"Welsh section missing":      {file: "lamp/cy.md", from: "## O Mari", to: "### O Mari", want: "the sections are first, in English first mine"},
		"section id differs":         {file: "lamp/cy.md", from: "{#mine}", to: "{#mein}", want: "the sections are first mein, in English first mine"},
		"paragraph missing":          {file: "lamp/cy.md", from: "Yn 2009 roedd pobl yn meddwl yn wahanol, mewn [magazine](lang:en).\n<!-- facts: H-01 past -->\n", want: "section first: here stands a list of 2 items, in English (line 25) a paragraph"},
		"block missing at the end":   {file: "lamp/cy.md", from: "::: short\nDywedwch wrth rywun heddiw.\n:::\n<!-- facts: R-01 -->\n", want: "section mine: there are 9 blocks, in English 10"},
		"other block":                {file: "lamp/cy.md", from: "::: recall", to: "::: think", want: "here stands ::: think, in English"},
		"other role":                 {file: "lamp/cy.md", from: "::: role education", to: "::: role health", want: "here stands ::: role health, in English"},
		"list item missing":          {file: "lamp/cy.md", from: "- edrych\n", want: "here stands ::: do of 1 items, in English"},
		"heading id differs":         {file: "lamp/cy.md", from: "{#job}", to: "{#swydd}", want: "here stands a heading {#swydd}"},
		"fact ids differ":            {file: "lamp/cy.md", from: "<!-- facts: R-01 D-01 -->", to: "<!-- facts: R-01 -->", want: "the facts are D-01 R-01, in English (line 28) D-01 D-01 R-01"},
		"called fact differs":        {file: "lamp/cy.md", from: "{{fact child-age}} ", want: "it calls {{fact}} , in English (line 22) child-age"},
		"page in one language":       {file: "pages/help.cy.md", from: "## Mwy\n", want: "here stands a list of 2 items, in English"},
		"document title differs":     {file: "lamp/cy.md", from: "# Lamp fach", to: "# Lamp", want: `the title is "Lamp", in module.yaml "Lamp fach"`},
		"document title missing":     {file: "lamp/en.md", from: "# A small lamp\n", want: "the first line must be the title"},
		"two titles":                 {file: "lamp/en.md", from: "::: recall", to: "# More\n\n::: recall", want: "a second title"},
		"content note missing":       {file: "lamp/en.md", from: "::: note\nOne fictional child. No harm is described.\n:::\n<!-- facts: R-01 -->\n", want: "the content note is missing"},
		"text before the first part": {file: "lamp/en.md", from: "## What did", to: "Hello.\n<!-- facts: task -->\n\n## What did", want: "only ::: note may stand"},
		"short missing":              {file: "lamp/en.md", from: "::: short\nTell somebody today.\n:::\n<!-- facts: R-01 -->\n", want: "section mine: the shorter version is missing"},
		"section twice":              {file: "lamp/en.md", from: "{#mine}", to: "{#first}", want: "section first: the id stands twice"},
		"section without id":         {file: "lamp/en.md", from: " {#mine}", want: "the section has no id"},
		"heading without id":         {file: "lamp/en.md", from: " {#job}", want: "the heading has no id"},
		"heading too deep":           {file: "lamp/en.md", from: "### In", to: "##### In", want: "headings this deep"},
		"heading id taken":           {file: "lamp/en.md", from: "{#job}", to: "{#p-1}", want: `the id "p-1" stands twice`},
		"section not listed":         {file: "lamp/module.yaml", from: "[first, mine]\nscene", to: "[first]\nscene", in: "lamp/en.md", want: "the sections are first mine, in module.yaml first"},
		"listed section missing":     {file: "lamp/module.yaml", from: "[first, mine]\nscene", to: "[first, mine, more]\nscene", in: "lamp/cy.md", want: "in module.yaml first mine more"},
		"scene for no section":       {file: "lamp/module.yaml", from: "{first: one-window}", to: "{frist: one-window}", want: `the section "frist", which is not listed`},
		"id is not the folder":       {file: "lamp/module.yaml", from: "id: lamp", to: "id: lump", want: `the id is "lump", the folder "lamp"`},
		"practice id unknown":        {file: "lamp/module.yaml", from: "rests_on_practice: [R-01]", to: "rests_on_practice: [Z-98]", want: "rests_on_practice: the fact id Z-98 is not in fact-ids.yaml"},
		"number missing":             {file: "lamp/module.yaml", from: "number: 1\n", want: "the number must be"},
		"number below nothing":       {file: "lamp/module.yaml", from: "number: 1", to: "number: -1", want: "the number must be"},
		"welsh neither":              {file: "lamp/module.yaml", from: "welsh: draft", to: "welsh: done", want: `welsh is "done"`},
		"parts do not add up":        {file: "lamp/module.yaml", from: "lesson: 2, case: 1", to: "lesson: 3, case: 0", want: "the parts take 2 minutes to read, the lesson says 3", warning: true},
		"minutes do not add up":      {file: "lamp/module.yaml", from: "total: 4", to: "total: 9", want: "do not add up"},
		"unknown key":                {file: "lamp/module.yaml", from: "number: 1", to: "number: 1\nnummer: 2", want: `unknown field "nummer"`},
		"not YAML":                   {file: "facts.yaml", from: "  source: S01", to: "  source: [S01", want: "facts.yaml:"},
		"spacing of nothing":         {file: "lamp/module.yaml", from: "{objective: see, in: later}", to: "{objective: saw, in: later}", want: `the objective "saw" does not exist`},

		// facts and sources
		"fact id unknown":             {file: "lamp/en.md", from: "<!-- facts: case -->", to: "<!-- facts: case Z-99 -->", want: "section first: the fact id Z-99 is not in fact-ids.yaml"},
		"fact id unknown in a list":   {file: "lamp/en.md", from: "care. <!-- facts: D-01", to: "care. <!-- facts: Z-98", want: "the fact id Z-98 is not"},
		"fact id unknown, objective":  {file: "lamp/module.yaml", from: "facts: [D-01]", to: "facts: [D-02]", want: "objective see: the fact id D-02 is not"},
		"fact id unknown, practice":   {file: "lamp/module.yaml", from: "[R-01]\n", to: "[R-02]\n", want: "the fact id R-02 is not"},
		"fact id unknown, facts file": {file: "facts.yaml", from: "[D-01]", to: "[D-03]", want: "fact child-age: the fact id D-03 is not"},
		"no fact comment":             {file: "lamp/en.md", from: "<!-- facts: case -->\n", want: "section first: no fact comment follows"},
		"no fact comment at an item":  {file: "lamp/en.md", from: "is there. <!-- facts: D-01 -->", to: "is there.", want: "the list item has no fact comment"},
		"fact id unknown in the note": {file: "lamp/en.md", from: "described.\n:::\n<!-- facts: R-01", to: "described.\n:::\n<!-- facts: Z-97", want: "the fact id Z-97 is not"},
		"key twice in a file":         {file: "facts.yaml", from: "  source: S01", to: "  source: S01\n  source: S01", want: "facts.yaml:"},
		"fact comment misspelt":       {file: "lamp/en.md", from: "<!-- facts: case -->", to: "<!-- fact: case -->", want: "a fact comment is written"},
		"fact comment misspelt, item": {file: "lamp/en.md", from: "is there. <!-- facts: D-01 -->", to: "is there. <!-- fact D-01 -->", want: "a fact comment is written"},
		"fact comment of nothing":     {file: "lamp/en.md", from: "## What did you see? {#first}\n", to: "## What did you see? {#first}\n\n<!-- facts: D-01 -->\n", want: "follows no paragraph"},
		"changed, not marked":         {file: "lamp/en.md", from: "H-01 past", to: "H-01", want: "H-01 is no longer so"},
		"called fact unknown":         {file: "lamp/en.md", from: "{{fact child-age}}", to: "{{fact child-aeg}}", want: "{{fact child-aeg}} is not in the facts file"},
		"called fact unknown, page":   {file: "pages/help.cy.md", from: "{{fact child-age}}", to: "{{fact age}}", want: "{{fact age}} is not in the facts file"},
		"number not as written":       {file: "facts.yaml", from: "  source: S01", to: "  phone: \"1 8\"\n  source: S01", want: "fact child-age: the telephone number \"1 8\" does not stand in both sentences"},
		"number of no telephone":      {file: "facts.yaml", from: "  source: S01", to: "  phone: \"18\"\n  source: S01", want: "fact child-age: \"18\" is not a telephone number"},
		"braces of another kind":      {file: "lamp/en.md", from: "{{fact child-age}}", to: "{{facts child-age}}", want: "double braces"},
		"fact twice":                  {file: "facts.yaml", from: "facts:\n", to: "facts:\n- {key: child-age, source: S01, en: a, cy: b}\n", want: "the key stands twice"},
		"source unknown":              {file: "facts.yaml", from: "source: S01", to: "source: S02", want: `the source "S02" is not in sources.yaml`},
		"source unknown, register":    {file: "fact-ids.yaml", from: "[S01]", to: "[S03]", want: `D-01: the source "S03" is not`},
		"source twice":                {file: "sources.yaml", from: "sources:\n", to: "sources:\n- {id: S01, title: {en: a, cy: b}}\n", want: "source S01: the id stands twice"},
		"source without an address":   {file: "sources.yaml", from: "https://law.example/act", to: "law.example/act", want: "is not https://"},
		"confidence unknown":          {file: "fact-ids.yaml", from: "confidence: V,", to: "confidence: W,", want: `the confidence "W" is none of`},
		"day misspelt":                {file: "facts.yaml", from: "2027-05-02", to: "2 May 2027", want: `"2 May 2027" is not a day`},
		"never checked":               {file: "facts.yaml", from: " 2026-11-02", want: "1 of 1 sentences have not been checked", warning: true},

		// objectives
		"objective not taught":          {file: "lamp/module.yaml", from: "taught: [first]", to: "taught: []", want: "objective see: it is nowhere taught"},
		"objective not practised":       {file: "lamp/module.yaml", from: "practised: [mine]", to: "practised: []", want: "objective tell: it is nowhere practised"},
		"objective not tested":          {file: "lamp/module.yaml", from: "tested: [q-3]", to: "tested: []", want: "objective tell: it is nowhere tested"},
		"objective taught elsewhere":    {file: "lamp/module.yaml", from: "taught: [first]", to: "taught: [frist]", want: `it is taught in "frist", which is not a section`},
		"objective practised elsewhere": {file: "lamp/module.yaml", from: "practised: [mine]", to: "practised: [case.d1]", want: `it is practised in "case.d1"`},
		"objective twice":               {file: "lamp/module.yaml", from: "id: tell", to: "id: see", want: "the id is empty or stands twice"},
		"objective without facts":       {file: "lamp/module.yaml", from: "  facts: [D-01]\n", want: "objective see: it names no facts"},

		// markup
		"unknown part":        {file: "lamp/en.md", from: "::: recall", to: "::: remember", want: "::: remember is not a known part"},
		"part not closed":     {file: "lamp/en.md", from: "Tell somebody today.\n:::", to: "Tell somebody today.\n", want: "::: short is never closed"},
		"part in a part":      {file: "lamp/en.md", from: "What did Mari say?", to: "::: key", want: "a ::: part within ::: recall"},
		"role for nobody":     {file: "lamp/en.md", from: "::: role health", to: "::: role", want: "::: role needs a name"},
		"written for another": {file: "lamp/module.yaml", from: "default: wales", to: "default: england", want: "every module is written for wales"},
		"nation misspelt":     {file: "lamp/module.yaml", from: "switch: [england]", to: "switch: [englnd]", want: `"englnd" is no nation of labels.yaml`},
		"nation named twice":  {file: "lamp/module.yaml", from: "signpost: [scotland", to: "signpost: [england, scotland", want: `"england" is named twice`},
		"nation left out":     {file: "lamp/module.yaml", from: "[scotland, northern-ireland]", to: "[scotland]", want: `"northern-ireland" is missing`},
		"nation not switched": {file: "lamp/module.yaml", from: "switch: [england], signpost: [", to: "switch: [], signpost: [england, ", in: "lamp/en.md", want: "section mine: ::: nation england stands here, which module.yaml does not list"},
		"unknown nation":      {file: "lamp/en.md", from: "::: nation england", to: "::: nation ireland", want: `the nation "ireland" has no name`},
		"sources in a lesson": {file: "lamp/en.md", from: "::: recall", to: "::: sources", want: "::: sources is not a known part"},
		"place in a lesson":   {file: "lamp/en.md", from: "::: recall", to: "::: here owner", want: "::: here is not a known part"},
		"unknown place":       {file: "pages/help.en.md", from: "::: here owner", to: "::: here ownr", want: "::: here ownr is not one of the places owner, reach"},
		"place in one":        {file: "pages/help.cy.md", from: "::: here owner", to: "::: here reach", want: "here stands ::: here reach, in English (line 5) ::: here owner"},
		"answer to nothing":   {file: "lamp/en.md", from: "What did Mari say?\n:::\n<!-- facts: task -->\n", to: "What did Mari say?\n:::\n<!-- facts: task -->\n\nShe spoke.\n<!-- facts: case -->\n", want: "section mine: ::: answer stands only directly after ::: think or ::: recall"},
		"answer to the case":  {file: "lamp/cy.md", from: "::: think", to: "::: answer", want: "section first: ::: answer stands only directly after"},
		"answer on a page":    {file: "pages/help.en.md", from: "::: here owner", to: "::: answer\nYes.\n:::\n\n::: here owner", want: "::: answer stands only directly after"},
		"answer in one":       {file: "lamp/cy.md", from: "::: answer", to: "::: recall", want: "here stands ::: recall, in English (line 72) ::: answer"},
		"answer unfounded":    {file: "lamp/en.md", from: "fine.”\n:::\n<!-- facts: case -->", to: "fine.”\n:::", want: "section mine: no fact comment follows"},
		"lines with prose":    {file: "lamp/en.md", from: "- Our safeguarding person", to: "Write:\n\n- Our safeguarding person", want: "section mine: ::: lines holds a list alone"},
		"lines for nothing":   {file: "lamp/en.md", from: "- Our safeguarding person\n- Their number\n", to: "", want: "::: lines holds a list alone"},
		"one line fewer":      {file: "lamp/cy.md", from: "- Y rhif ffôn\n", want: "here stands ::: lines of 1 items, in English (line 92) ::: lines of 2 items"},
		"lines unfounded":     {file: "lamp/en.md", from: "- Their number\n:::\n<!-- facts: task -->", to: "- Their number\n:::", want: "section mine: no fact comment follows"},
		"raw HTML":            {file: "lamp/en.md", from: "What did Mari say?", to: "What <b>did</b> Mari say?", want: "HTML is not used"},
		"a picture":           {file: "lamp/en.md", from: "What did Mari say?", to: "![Mari](https://a.example/m.png)", want: "Image is not used"},
		"a quotation":         {file: "lamp/en.md", from: "What did Mari say?", to: "> What did Mari say?", want: "Blockquote is not used"},

		// links
		"link to no place":      {file: "lamp/en.md", from: "(#p-3)", to: "(#p-33)", want: "the link #p-33 leads to no place"},
		"link to no page":       {file: "pages/help.en.md", from: "page:roots", to: "page:root", want: `the page "root" does not exist`},
		"link without a scheme": {file: "pages/help.en.md", from: "page:roots", to: "roots.html", want: `the link "roots.html" leads nowhere`},
		"link without TLS":      {file: "pages/help.en.md", from: "page:roots", to: "http://a.example", want: "leads nowhere"},
		"number with a space":   {file: "pages/help.en.md", from: "page:roots", to: "tel:0800%201234", want: "leads nowhere"},
		"link with a script":    {file: "pages/help.en.md", from: "page:roots", to: "javascript:x", want: "leads nowhere"},
		"link to a bad address": {file: "pages/help.en.md", from: "page:roots", to: "https://%zz", want: "is not an address"},
		"link in English alone": {file: "lamp/cy.md", from: "[gwrando](#p-3)", to: "gwrando", want: "section first: the links are none, in English (line 36) #p-3"},
		"link leads elsewhere":  {file: "lamp/cy.md", from: "[gwrando](#p-3)", to: "[gwrando](#p-4)", want: "the links are #p-4, in English (line 36) #p-3"},
		"words in no language":  {file: "lamp/cy.md", from: "lang:en", to: "lang:fr", want: `the language "fr" is not known`},

		// cases
		"case of another name":    {file: "lamp/cases/lamp.yaml", from: "id: lamp", to: "id: lantern", want: `id: it is "lantern", the file "lamp"`},
		"case without Welsh":      {file: "lamp/cases/lamp.yaml", from: `cy: "Ffonio"`, to: `cy: ""`, want: "decision d1, option a: text or then is missing"},
		"case that hangs":         {file: "lamp/cases/lamp.yaml", from: "{to: d3_late}", to: "{to: d1}", want: "a way that does not end"},
		"case for nothing":        {file: "lamp/cases/lamp.yaml", from: "objectives: [tell]", to: "objectives: []", want: "it practises no objective"},
		"case for another module": {file: "lamp/cases/lamp.yaml", from: "objectives: [tell]", to: "objectives: [wait]", want: `the module has no objective "wait"`},
		"case of no role":         {file: "lamp/cases/lamp.yaml", from: "roles: [education]", to: "roles: [pilot]", want: `the role "pilot" has no name`},
		"case on no facts":        {file: "lamp/cases/lamp.yaml", from: "set: {trust: -1}, facts: [R-01]", to: "set: {trust: -1}, facts: []", want: "decision d1, option c: it names no facts; add those"},
		"case on unknown facts":   {file: "lamp/cases/lamp.yaml", from: "set: {trust: -1}, facts: [R-01]", to: "set: {trust: -1}, facts: [R-99]", want: "decision d1, option c: the fact id R-99 is not"},
		"case on what was so":     {file: "lamp/cases/lamp.yaml", from: "set: {trust: -1}, facts: [R-01]", to: "set: {trust: -1}, facts: [H-01]", want: "H-01 is no longer so"},
		"case with a long breath": {file: "lamp/cases/lamp.yaml", from: `en: "She talks."`, to: `en: "` + long + `."`, want: "a sentence of 30 words", warning: true},
		"case in straight quotes": {file: "lamp/cases/lamp.yaml", from: "Mae’n siarad", to: "Mae'n siarad", want: "straight quotes", warning: true},

		// style
		"too few words":         {file: "lamp/en.md", from: "You sit down at your own desk again. You have a note with the date, the time and the place, and her own words. ", want: "108 words as one reader sees it", warning: true},
		"too many words":        {file: "lamp/en.md", from: "You sit down at", to: strings.Repeat("We look up now. ", 28) + "You sit down at", want: "244 words as one reader sees it", warning: true},
		"long sentence":         {file: "lamp/en.md", from: "What did Mari say?", to: long + ".", want: "a sentence of 30 words", warning: true},
		"long sentence, Welsh":  {file: "lamp/cy.md", from: "Beth ddywedodd Mari?", to: long + ".", want: "a sentence of 30 words", warning: true},
		"long sentence, fact":   {file: "facts.yaml", from: "18 yw’r oedran", to: long + "18 yw’r oedran", want: "words (at most 28): one two", warning: true},
		"practice as law":       {file: "lamp/en.md", from: "- look\n", to: "- You must look\n", want: "section first: warning: “must” rests on practice alone (R-01)", warning: true},
		"practice as law, case": {file: "lamp/cases/lamp.yaml", from: "Mae’n siarad", to: "Rhaid iddi siarad", want: "“Rhaid” rests on practice alone (R-01)", warning: true},
		"hard words":            {file: "lamp/en.md", from: "What did Mari say?", to: strings.Repeat("Practitioners appropriately prioritise multidisciplinary organisational considerations. ", 6), want: "reading grade", warning: true},
		"straight quote":        {file: "lamp/cy.md", from: "Rwy’n", to: "Rwy'n", want: "straight quotes", warning: true},
		"straight quote, title": {file: "lamp/cy.md", from: "O Mari i’ch", to: "O Mari i'ch", want: "straight quotes", warning: true},
		"straight quote, page":  {file: "pages/help.en.md", from: "Call", to: `"Call"`, want: "straight quotes", warning: true},
		"straight quote, yaml":  {file: "lamp/module.yaml", from: "Two parts, for tests.", to: "Two parts' tests.", want: "straight quotes", warning: true},
		"straight quote, facts": {file: "facts.yaml", from: "yw’r", to: "yw'r", want: "straight quotes", warning: true},
	} {
		t.Run(name, func(t *testing.T) {
			files := good(t)
			replace(t, files, tc.file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			in := tc.in
			if in == "" {
				in = tc.file
			}
			for _, f := range findings {
				if f.File == in && strings.Contains(f.String(), tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s in %s, warning %v; found\n%s", tc.want, in, tc.warning, list(findings))
		})
	}
}

// One comment below a list covers every item of it.
func TestFactsBelowAList(t *testing.T) {
	files := good(t)
	for _, file := range []string{"lamp/en.md", "lamp/cy.md"} {
		text := string(files[file].Data)
		text = strings.Replace(text, " <!-- facts: D-01 -->\n2.", "\n2.", 1)
		for _, facts := range []string{" <!-- facts: D-01 R-01 -->", " <!-- facts: R-01 D-01 -->"} {
			text = strings.Replace(text, facts, "\n<!-- facts: D-01 R-01 -->", 1)
		}
		files[file] = &fstest.MapFile{Data: []byte(text)}
	}
	if _, findings := mustLoad(t, files); len(findings) > 0 {
		t.Error(list(findings))
	}
}

func TestMissingFiles(t *testing.T) {
	for file, want := range map[string]string{
		"lamp/cy.md":       "the module has no text in this language",
		"pages/help.cy.md": "the page has no text in this language",
	} {
		files := good(t)
		delete(files, file)
		_, findings := mustLoad(t, files)
		if err := Refuse(findings); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: %v", file, err)
		}
	}
}

func TestOddFolder(t *testing.T) {
	files := good(t)
	for _, name := range []string{"module.yaml", "en.md", "cy.md"} {
		files["Torch_2/"+name] = files["lamp/"+name]
	}
	replace(t, files, "Torch_2/module.yaml", "id: lamp\nnumber: 1", "id: Torch_2\nnumber: 2")
	_, findings := mustLoad(t, files)
	if !strings.Contains(list(findings), `the folder "Torch_2" must be of small letters`) {
		t.Error(list(findings))
	}
}

func TestStrayText(t *testing.T) {
	files := good(t)
	files["torch/en.md"] = files["lamp/en.md"]
	_, findings := mustLoad(t, files)
	if !strings.Contains(list(findings), "torch/en.md: the folder has no module.yaml") {
		t.Error(list(findings))
	}
}

// What stands before the first module has the number 0, and comes first.
func TestModuleZero(t *testing.T) {
	files := good(t)
	for _, name := range []string{"module.yaml", "en.md", "cy.md"} {
		files["torch/"+name] = files["lamp/"+name]
	}
	replace(t, files, "torch/module.yaml", "id: lamp\nnumber: 1", "id: torch\nnumber: 0")
	lib, findings := mustLoad(t, files)
	if err := Refuse(findings); err != nil {
		t.Fatal(err)
	}
	if m := lib.Modules[0]; m.Slug != "torch" || m.Number != 0 {
		t.Errorf("the first is %s with the number %d", m.Slug, m.Number)
	}
}

func TestTwoModulesOneNumber(t *testing.T) {
	files := good(t)
	for _, name := range []string{"module.yaml", "en.md", "cy.md"} {
		files["torch/"+name] = files["lamp/"+name]
	}
	replace(t, files, "torch/module.yaml", "id: lamp", "id: torch")
	_, findings := mustLoad(t, files)
	if err := Refuse(findings); err == nil || !strings.Contains(err.Error(), "number 1 is also that of lamp") {
		t.Error(err)
	}
}

func TestCheckTested(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	sound := map[string]string{"q-1": "see", "q-2": "see", "q-3": "tell"}
	for name, tc := range map[string]struct {
		change func(bank map[string]string)
		want   string
	}{
		"sound":               {func(map[string]string) {}, ""},
		"question missing":    {func(b map[string]string) { delete(b, "q-2") }, "objective see: it is tested by q-2, which is not in the bank"},
		"other objective":     {func(b map[string]string) { b["q-2"] = "tell" }, "objective see: the question q-2 belongs to the objective tell"},
		"said of the bank":    {func(b map[string]string) { b["q-4"] = "hear" }, ""},
		"question not listed": {func(b map[string]string) { b["q-4"] = "tell" }, "question q-4: its objective tell does not list it"},
		"no bank at all":      {func(b map[string]string) { clear(b) }, "objective tell: it is tested by q-3"},
	} {
		bank := map[string]string{}
		for q, o := range sound {
			bank[q] = o
		}
		tc.change(bank)
		findings := CheckTested(lib, func(module string) map[string]string {
			if module != "lamp" {
				t.Errorf("asked for the questions of %q", module)
			}
			return bank
		})
		if tc.want == "" && len(findings) > 0 || tc.want != "" && !strings.Contains(list(findings), tc.want) {
			t.Errorf("%s: want %q, found\n%s", name, tc.want, list(findings))
		}
	}
}

func TestRefuse(t *testing.T) {
	if err := Refuse([]Finding{{File: "a", Message: "m", Warning: true}}); err != nil {
		t.Errorf("a warning refuses: %v", err)
	}
	err := Refuse([]Finding{{File: "a.md", Line: 3, Where: "section x", Message: "m"}})
	if err == nil || err.Error() != "a.md:3: section x: m" {
		t.Errorf("Refuse = %v", err)
	}
}

func TestSyllablesAndGrade(t *testing.T) {
	for word, want := range map[string]int{
		"child": 1, "children’s": 2, "table": 2, "place": 1, "places": 2, "asked": 1, "wanted": 2, "phone": 1,
		"exploitation": 4, "the": 1, "999": 1, "services.”": 3, "goes": 1, "idea": 2,
	} {
		if got := syllables(word); got != want {
			t.Errorf("syllables(%s) = %d, want %d", word, got, want)
		}
	}
	easy := grade(sentences("Phone now. Say what you saw."))
	hard := grade(sentences("Practitioners should ensure timely escalation to the appropriate statutory agency."))
	if easy > 2 || hard < 15 {
		t.Errorf("grades %.1f and %.1f", easy, hard)
	}
	if grade(nil) != 0 {
		t.Error("no text has a grade")
	}
}

func TestSentences(t *testing.T) {
	got := sentences("Friday, 4.40. “They’re coming,” she says. “Why?” he asks…\n- I saw …")
	want := []string{"Friday, 4.40.", "“They’re coming,” she says.", "“Why?”", "he asks…", "- I saw …"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("sentences = %q", got)
	}
}

func list(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

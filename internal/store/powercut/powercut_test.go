package powercut

import (
	"strings"
	"testing"
)

// A program that was killed within a call leaves it without an answer: it is no
// call that had an effect anybody knows of, and none that is not understood.
func TestACallWithoutAnAnswer(t *testing.T) {
	write := `pwrite64(9<\x2f\x64\x2f\x67\x6f\x6c\x61\x75\x2e\x64\x62>, "\x01", 1, 0`
	for what, trace := range map[string]string{
		"at the end":     "1 " + write + ") = ?\n1 +++ killed by SIGKILL +++\n",
		"taken up":       "1 " + write + " <unfinished ...>\n1 <... pwrite64 resumed>)               = ? <unavailable>\n",
		"never taken up": "1 " + write + " <unfinished ...>\n1 +++ killed by SIGKILL +++\n",
		"broken off":     "1 " + write,
	} {
		if ops, err := ReadTrace(strings.NewReader(trace), "/d"); err != nil || len(ops) > 0 {
			t.Errorf("%s: %v, %v", what, ops, err)
		}
	}
	if ops, err := ReadTrace(strings.NewReader("1 "+write+") = 1\n"), "/d"); err != nil || len(ops) != 1 {
		t.Errorf("with its answer: %v, %v", ops, err)
	}
	if _, err := ReadTrace(strings.NewReader("1 "+write+") is odd\n"), "/d"); err == nil {
		t.Error("what is not understood is passed over")
	}
}

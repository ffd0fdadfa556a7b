package steward

import "regexp"

// Cause is why a job failed, as far as the words of the failure tell: what to
// say in plain words and what to do about it.
type Cause string

// The causes; Other is what none of the rest fits.
const (
	NoSuchAddress Cause = "no_such_address" // the other side knows nobody of that name
	BoxFull       Cause = "box_full"        // it knows them, and there is no room
	NotLetIn      Cause = "not_let_in"      // name or password of the mail server
	NoServer      Cause = "no_server"       // nobody answers at its address
	TooSlow       Cause = "too_slow"        // it did not answer in time
	BadTLS        Cause = "bad_tls"         // its certificate is not good, or there is none
	Later         Cause = "later"           // it asks to come again
	Refused       Cause = "refused"         // it takes no letter of ours
	DiskFull      Cause = "disk_full"       // no room on our side
	Gone          Cause = "gone"            // whom or what it was about is no longer there
	NoHandler     Cause = "no_handler"      // this program does not know the kind
	Broken        Cause = "broken"          // a fault of the program
	Other         Cause = "other"
)

// Causes lists every cause, in the order in which they are looked for.
var Causes = []Cause{NoHandler, Broken, DiskFull, BadTLS, NotLetIn, TooSlow, NoServer, BoxFull, NoSuchAddress, Later, Refused, Gone, Other}

// signs are the words by which a cause is known. Mail servers word their
// answers as they like, but the numbers are those of RFC 5321 and RFC 3463.
var signs = map[Cause]*regexp.Regexp{
	NoHandler:     regexp.MustCompile(`nobody handles jobs`),
	Broken:        regexp.MustCompile(`^panic|letters: job|unexpected end of JSON|cannot unmarshal`),
	DiskFull:      regexp.MustCompile(`no space left|disk (is )?full|store\.unavailable`),
	BadTLS:        regexp.MustCompile(`(?i)x509|certificate|tls: |starttls`),
	NotLetIn:      regexp.MustCompile(`(?i)\b5(30|34|35|38)\b|\b5\.7\.[89]\b|auth`),
	TooSlow:       regexp.MustCompile(`(?i)timeout|timed out|deadline exceeded`),
	NoServer:      regexp.MustCompile(`(?i)no such host|connection refused|unreachable|no route to host|dial |dialing|EOF|reset by peer|broken pipe`),
	BoxFull:       regexp.MustCompile(`(?i)\b[45]52\b|\b[45]\.2\.2\b|quota`),
	NoSuchAddress: regexp.MustCompile(`(?i)\b55[013]\b|\b5\.1\.\d\b|user unknown|no such user|mail: recipient`),
	Later:         regexp.MustCompile(`\b4[0-9]{2}\b|\b4\.\d\.\d+\b`),
	Refused:       regexp.MustCompile(`\b5[0-9]{2}\b|\b5\.\d\.\d+\b`),
	Gone:          regexp.MustCompile(`not_found`),
}

// causeOf names what a failed try said; "" when none failed.
func causeOf(reason string) Cause {
	if reason == "" {
		return ""
	}
	for _, c := range Causes {
		if r := signs[c]; r != nil && r.MatchString(reason) {
			return c
		}
	}
	return Other
}

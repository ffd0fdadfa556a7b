package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"net/textproto"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Fault says why a letter was not taken, in a word for which pages have a
// sentence that says what to do.
type Fault string

// The faults, in the order of a letter's way.
const (
	Taken         Fault = ""               // none: the server, or the folder, has it
	Written       Fault = "written"        // none, but it went no further than the folder
	NoName        Fault = "no_name"        // the server's name is unknown
	NoAnswer      Fault = "no_answer"      // nobody listens there, or nobody answers in time
	Expired       Fault = "expired"        // the server's certificate has expired, or is not valid yet
	Untrusted     Fault = "untrusted"      // the server's certificate is another's, or nobody vouches for it
	Unencrypted   Fault = "unencrypted"    // the server offers no encryption, and the way to it is not said to need none
	NotSignedIn   Fault = "not_signed_in"  // user name or password are refused
	FromRefused   Fault = "from_refused"   // the address that letters come from is refused
	ToRefused     Fault = "to_refused"     // the address that the letter is for is refused
	LetterRefused Fault = "letter_refused" // the letter itself is refused
	Later         Fault = "later"          // the server asks to try again later
	NoFolder      Fault = "no_folder"      // the folder of letters cannot be written
	Other         Fault = "other"          // something else: what the server said is all there is
)

// Faults lists every fault but Taken and Written, which are none.
var Faults = []Fault{NoName, NoAnswer, Expired, Untrusted, Unencrypted, NotSignedIn, FromRefused, ToRefused, LetterRefused, Later, NoFolder, Other}

// FaultOf says what an error of Send comes to.
func FaultOf(err error) Fault {
	if err == nil {
		return Taken
	}
	var send *gomail.SendError
	if errors.As(err, &send) {
		return refused(send)
	}
	var expired x509.CertificateInvalidError
	var broken *tls.CertificateVerificationError
	var name *net.DNSError
	var dial *net.OpError
	var reply *textproto.Error
	var file *fs.PathError
	switch {
	case errors.As(err, &expired) && expired.Reason == x509.Expired:
		return Expired
	case errors.As(err, &broken):
		return Untrusted
	case errors.As(err, &name):
		return NoName
	case strings.Contains(err.Error(), "does not support STARTTLS"):
		return Unencrypted
	case errors.As(err, &reply) && reply.Code >= 400 && reply.Code < 500:
		return Later
	case strings.Contains(err.Error(), "AUTH"):
		return NotSignedIn
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &dial):
		return NoAnswer
	case errors.As(err, &file):
		return NoFolder
	}
	return Other
}

// AnswerOf says what came of a Send by s: FaultOf, and Written where the letter
// went no further than a folder, which says nothing of a server set later.
func AnswerOf(s Sender, err error) Fault {
	if _, folder := s.(Folder); folder && err == nil {
		return Written
	}
	return FaultOf(err)
}

// refused says what a server's refusal of a letter comes to.
func refused(e *gomail.SendError) Fault {
	switch {
	case e.IsTemp():
		return Later
	case e.Reason == gomail.ErrSMTPMailFrom:
		return FromRefused
	case e.Reason == gomail.ErrSMTPRcptTo:
		return ToRefused
	case e.Reason == gomail.ErrSMTPData || e.Reason == gomail.ErrSMTPDataClose:
		return LetterRefused
	}
	return Other
}

// maxSaid is how much of a server's answer is shown, in characters.
const maxSaid = 300

// Said is what the sender answered, as a page may show it: one line, without
// characters that are not seen.
func Said(err error) string {
	if err == nil {
		return ""
	}
	line := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) && r != unicode.ReplacementChar {
			return r
		}
		return ' '
	}, err.Error())), " ")
	if runes := []rune(line); len(runes) > maxSaid {
		line = string(runes[:maxSaid]) + "…"
	}
	return line
}

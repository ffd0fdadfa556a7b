package people

import "golau/internal/i18n"

// languageWords begins the messages that name the two languages.
const languageWords = "invitations.language"

// languages are the names of both, as a list or a form says them.
var languages = map[string]i18n.Lang{
	"en": i18n.EN, "eng": i18n.EN, "engb": i18n.EN, "english": i18n.EN, "saesneg": i18n.EN,
	"cy": i18n.CY, "cym": i18n.CY, "wel": i18n.CY, "cygb": i18n.CY, "cymraeg": i18n.CY, "ygymraeg": i18n.CY, "welsh": i18n.CY,
}

// LanguageNamed is the language that somebody means by its name in either, or by its
// code.
func LanguageNamed(typed string) (l i18n.Lang, ok bool) {
	l, ok = languages[heading(typed)]
	return l, ok
}

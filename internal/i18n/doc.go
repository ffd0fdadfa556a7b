// Package i18n holds what the product says in English and Welsh: the catalogue
// of messages, plural forms, dates, durations and the order of the alphabet.
//
// It does not know who is reading, which page is shown, or where a message
// stands. It never chooses a language by itself: every call names one, because
// a language kept anywhere but in the call would be shared between requests.
package i18n

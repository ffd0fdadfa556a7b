package steward

import (
	"os"
	"strings"
	"testing"
)

// noticed is where the privacy notice tells of each table that is about a person:
// the words of the point, in English, that cover it.
var noticed = map[string]string{
	"people_persons":            "your name, your email address",
	"people_memberships":        "your agency, your safeguarding board and your job role",
	"people_led_teams":          "if you lead a part of your agency",
	"people_sessions":           "where you are signed in",
	"people_tokens":             "the tokens by which you let other systems in",
	"people_duplicates":         "two accounts are both yours",
	"people_positions":          "your safeguarding group",
	"people_imports":            "lists from your agency’s own systems",
	"people_import_steps":       "lists from your agency’s own systems",
	"people_codes":              "codes that were sent to you",
	"people_invitations":        "also of those who never came",
	"people_totp":               "your authenticator app",
	"people_totp_tries":         "your authenticator app",
	"people_passkeys":           "your passkeys and their names",
	"people_recovery_codes":     "your recovery codes",
	"people_setup":              "a log of changes",
	"people_warned":             "a log of changes",
	"people_identities":         "how your agency’s own sign-in names you",
	"course_enrolments":         "which parts you have finished",
	"course_sections_read":      "which parts you have finished",
	"course_case_choices":       "what you chose in cases and exercises",
	"course_exercise_choices":   "what you chose in cases and exercises",
	"course_module_completions": "your results and the dates",
	"course_acceptances":        "accepted in writing",
	"course_assignments":        "what your agency asks of you",
	"course_extensions":         "what your agency asks of you",
	"course_letters":            "emails that the website has sent you",
	"course_reminders":          "emails that the website has sent you",
	"course_exemptions":         "what you were exempted from",
	"course_standings":          "what your agency asks of you",
	"course_assessed":           "your results and the dates",
	"course_completions":        "your results and the dates",
	"quiz_attempts":             "your answers to questions",
	"quiz_questions":            "your answers to questions",
	"quiz_answers":              "how sure you said you were",
	"quiz_marks":                "your results and the dates",
	"certificates_issued":       "Your certificates",
	"certificates_register":     "Your certificates",
	"certificates_signatures":   "Your certificates",
	"certificates_status":       "Your certificates",
	"audit_events":              "a log of changes",
	"audit_details":             "a log of changes",
	"outbox_jobs":               "emails that the website has sent you",
}

// The privacy notice tells of every table that is about a person, in one of the
// points of what is kept; the Welsh notice has as many points.
func TestTheNoticeTellsOfEveryTable(t *testing.T) {
	points := map[string]string{}
	for lang, heads := range map[string][2]string{"en": {"## What is kept", "## Why"}, "cy": {"## Beth sy’n cael ei gadw", "## Pam"}} {
		text, err := os.ReadFile("../../modules/content/pages/privacy." + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, kept, found := strings.Cut(string(text), heads[0])
		if points[lang], _, _ = strings.Cut(kept, heads[1]); !found {
			t.Fatalf("%s: no %q", lang, heads[0])
		}
	}
	if en, cy := strings.Count(points["en"], "\n- **"), strings.Count(points["cy"], "\n- **"); en != cy || en < 5 {
		t.Errorf("%d points in English, %d in Welsh", en, cy)
	}
	for _, p := range personal() {
		words := noticed[p.Table]
		if words == "" || !strings.Contains(points["en"], words) {
			t.Errorf("the privacy notice does not tell of %s (%q)", p.Table, words)
		}
	}
}

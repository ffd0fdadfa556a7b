package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// asksTheAssessment has a lead ask somebody for the final assessment alone, again
// every so many months.
func (h *house) asksTheAssessment(who, months string) {
	h.t.Helper()
	h.as("lowri").post("/en/lead/rules", ruleForm("parts", "assessment", "people", h.position(who), "every_months", months, "shown", "1")).want(http.StatusSeeOther)
	h.settle()
}

// assessedAlone has somebody who finished the course pass its assessment anew.
func (h *house) assessedAlone(who string) {
	h.t.Helper()
	h.asksTheAssessment(who, "1") // which opens at once
	oracle, err := knowing()
	if err != nil {
		h.t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		tx.By = store.Actor{Person: h.id[who], Via: "web"}
		return pass(tx, h.school, oracle, h.id[who], folk[who].lang, "")
	})
	if h.count("course_assessed") != 1 {
		h.t.Fatal("nothing was passed anew")
	}
}

// Who has finished the course and is asked for its assessment alone is led to it, is
// told what comes of it, and sees that it was done; the certificate stays.
func TestTheAssessmentAloneOnPages(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, nia := h.as("lowri"), h.as("nia")
	lowri.get("/en/lead/rules/new").want(http.StatusOK).has(h.words.T(i18n.EN, "lead.rule.assessment"))
	lowri.get("/cy/lead/rules/plan?" + ruleForm("parts", "assessment").Encode()).want(http.StatusOK).has("Yr asesiad terfynol")
	both := ruleForm("parts", "signs")
	both.Add("parts", "assessment")
	lowri.get("/en/lead/rules/plan?" + both.Encode()).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "course.rule.parts_alone"))
	certificates := h.count("certificates_issued")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/learn"
		nia.get(at).want(http.StatusOK).lacks(h.words.T(l, "learn.asked.alone_button"))
		nia.get(at + "/child-trafficking/assessment").want(http.StatusOK).has(h.words.T(l, "assessment.done"))
	}
	h.asksTheAssessment("nia", "1")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/learn"
		for _, page := range []*reply{nia.get(at), nia.get(at + "/child-trafficking")} {
			sound(t, "asked for the assessment", page.want(http.StatusOK).has(h.words.T(l, "learn.asked.alone_button"), h.words.T(l, "learn.asked.alone_text")))
		}
		sound(t, "the assessment", nia.get(at+"/child-trafficking/assessment").want(http.StatusOK).has(h.words.T(l, "assessment.alone_lead")).lacks(h.words.T(l, "assessment.done")))
	}
	oracle, err := knowing()
	if err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		tx.By = store.Actor{Person: h.id["nia"], Via: "web"}
		return pass(tx, h.school, oracle, h.id["nia"], i18n.EN, "")
	})
	var attempt string
	if err := h.db.Read(t.Context()).Raw("SELECT attempt_id FROM course_assessed").Row().Scan(&attempt); err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs {
		sound(t, "passed anew", nia.get("/"+string(l)+"/attempts/"+attempt+"/result").want(http.StatusOK).has(h.words.T(l, "result.alone_done")).lacks(h.words.T(l, "result.course_done")))
	}
	if h.count("certificates_issued") != certificates {
		t.Error("a certificate came of it")
	}
}

package pdf

import (
	"time"

	"golau/internal/i18n"
)

// sample is the certificate of a fictional person, as the room fills it.
func sample(first i18n.Lang) Sheet {
	const number = "GL-7K4M2-QXD91-0ABCD-EFGHJ-KMNPQR"
	return Sheet{
		First:    first,
		Made:     time.Date(2026, 11, 14, 14, 2, 0, 0, time.UTC),
		IssuedBy: i18n.Text{EN: "Issued by", CY: "Cyhoeddwyd gan"},
		Issuer:   i18n.Text{EN: "Dyffryn Arian Regional Safeguarding Children Board", CY: "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian"},
		Kind:     i18n.Text{EN: "Certificate of completion", CY: "Tystysgrif cwblhau"},
		Holder:   "Aisha Karim",
		Has:      i18n.Text{EN: "has completed and passed the assessment of", CY: "wedi cwblhau’r cwrs isod a llwyddo yn ei asesiad"},
		Course:   i18n.Text{EN: "Protecting children who may have been trafficked", CY: "Diogelu plant a all fod wedi’u masnachu"},

		OutcomesHead: i18n.Text{EN: "What the course teaches and tests", CY: "Yr hyn y mae’r cwrs yn ei ddysgu ac yn ei brofi"},
		Outcomes: []i18n.Text{
			{EN: "tell child trafficking from smuggling, within the UK and across borders", CY: "gwahaniaethu rhwng masnachu mewn plant a smyglo, o fewn y DU ac ar draws ffiniau"},
			{EN: "use signs as prompts to act, not as proof", CY: "defnyddio arwyddion fel ysgogiad i weithredu, nid fel prawf"},
			{EN: "decide between 999 and a report, and report to the right authority", CY: "penderfynu rhwng 999 a rhoi gwybod, a rhoi gwybod i’r awdurdod cywir"},
			{EN: "make sure NRM and guardian referrals are made", CY: "sicrhau bod atgyfeiriadau NRM a gwarcheidwad yn cael eu gwneud"},
			{EN: "write records that do not blame the child", CY: "ysgrifennu cofnodion nad ydynt yn bwrw bai ar y plentyn"},
			{EN: "share information lawfully and plan together", CY: "rhannu gwybodaeth yn gyfreithlon a chynllunio ar y cyd"},
		},
		Facts: []Fact{
			{i18n.Text{EN: "Completed", CY: "Cwblhawyd"}, i18n.Text{EN: "14 November 2026", CY: "14 Tachwedd 2026"}},
			{i18n.Text{EN: "Valid until", CY: "Yn ddilys tan"}, i18n.Text{EN: "14 November 2029", CY: "14 Tachwedd 2029"}},
			{i18n.Text{EN: "Learning time", CY: "Amser dysgu"}, i18n.Text{EN: "1 hour 54 minutes", CY: "1 awr 54 munud"}},
			{i18n.Text{EN: "Edition, language", CY: "Argraffiad, iaith"}, i18n.Text{EN: "2026.2, English", CY: "2026.2, Saesneg"}},
		},
		Code:    "https://golau.example/en/verify/7k4m2qxd910abcdefghjkmnpqr#1.eyJhbGciOiJFZERTQSIsImtpZCI6IjEyMzQ1Njc4OTAxMjM0NTYifQ.eyJpc3MiOiJnb2xhdSIsImF1ZCI6ImNlcnRpZmljYXRlIiwianRpIjoiN2s0bTJxeGQ5MTBhYmNkZWZnaGprbW5wcXIiLCJzdWIiOiJBaXNoYSBLYXJpbSIsImRheSI6MjAyNjExMTQsInNoYSI6IjEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIifQ.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_abcdefghijklmnopqrst",
		CodeAlt: i18n.Text{EN: "QR code that opens the check of this certificate", CY: "Cod QR sy’n agor gwiriad y dystysgrif hon"},
		Number:  number,
		Check:   i18n.Text{EN: "Check every line at golau.example/en/verify/" + number, CY: "Gwiriwch bob llinell yn golau.example/cy/verify/" + number},
		Address: i18n.Text{EN: "golau.example/en/verify/" + number, CY: "golau.example/cy/verify/" + number},
		Link:    i18n.Text{EN: "https://golau.example/en/verify/7k4m2qxd910abcdefghjkmnpqr", CY: "https://golau.example/cy/verify/7k4m2qxd910abcdefghjkmnpqr"},
		About:   i18n.Text{EN: "Check this certificate", CY: "Gwirio’r dystysgrif hon"},
		Notes: []i18n.Text{
			{EN: "Supports, and does not replace, the safeguarding training that your work requires.", CY: "Mae’n cefnogi’r hyfforddiant diogelu y mae eich gwaith yn gofyn amdano; nid yw’n cymryd ei le."},
			{EN: "This edition has not yet been professionally reviewed.", CY: "Nid yw’r argraffiad hwn wedi’i adolygu’n broffesiynol eto."},
		},
	}
}

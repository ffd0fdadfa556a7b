package people

import (
	"strings"
	"unicode/utf8"

	"golau/internal/problem"
	"golau/internal/store"
)

// maxStaffNumber is the longest staff number, in characters.
const maxStaffNumber = 40

// cleanStaffNumber is a staff number as it is kept, by whichever door it comes. An
// apostrophe before it is a sheet's mark for text, and goes as it would go there.
func cleanStaffNumber(typed string) (number string, ok bool) {
	number = strings.Join(strings.Fields(strings.TrimLeft(strings.TrimSpace(typed), "'")), " ")
	return number, utf8.RuneCountInString(number) <= maxStaffNumber && utf8.ValidString(number) && !strings.ContainsFunc(number, hidden)
}

// othersHave says whether somebody else who works there has a staff number.
const othersHave = `EXISTS (SELECT 1 FROM people_positions o WHERE o.organisation_id = ? AND o.board_id = ? AND o.left_at IS NULL
	AND o.staff_number <> '' AND o.staff_number = ? AND o.person_id <> ?)`

// numberFree refuses a number that somebody else who works in the agency has: a
// list that names both by it could not be brought in. What somebody has already they
// keep, also where two had the same before this was asked.
func numberFree(rx store.Rx, s OrganisationScope, p Position, number string) error {
	if number == "" || number == p.StaffNumber {
		return nil
	}
	var taken bool
	if err := rx.Raw("SELECT "+othersHave, s.Organisation(), s.Board(), number, p.Person).Row().Scan(&taken); err != nil {
		return store.Explain(err)
	}
	if taken {
		return problem.InvalidField("staff_number", "people.position.number_taken")
	}
	return nil
}

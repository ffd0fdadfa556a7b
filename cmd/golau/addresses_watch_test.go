package main

// watchAddresses lists the ways in by which an administrator looks after the
// installation.
func watchAddresses() []row {
	return []row{
		{"GET /admin/outbox", "/admin/outbox", "", runs(members, 200), false},
		{"POST /admin/outbox/:job/again", "/admin/outbox/987654321/again", "", runs(sends, 404), false},
		{"GET /admin/outbox/:job/aside", "/admin/outbox/987654321/aside", "", runs(members, 404), false},
		{"POST /admin/outbox/:job/aside", "/admin/outbox/987654321/aside", "reason=x", runs(sends, 404), false},
		{"GET /admin/health", "/admin/health", "", runs(members, 200), false},
		{"GET /admin/certificates", "/admin/certificates", "", runs(members, 200), false},
		{"GET /admin/certificates/:certificate", "/admin/certificates/{certificate}", "", runs(members, 200), false},
		{"POST /admin/certificates/:certificate/withdraw", "/admin/certificates/{certificate}/withdraw", "", runs(sends, 422), false},
		{"POST /admin/certificates/:certificate/correct", "/admin/certificates/{certificate}/correct", "name=X", runs(sends, 422), false},
		{"GET /admin/audit", "/admin/audit", "", runs(members, 200), false},
		{"POST /admin/audit/export", "/admin/audit/export", "from=yesterday", runs(sends, 422), false},
		{"POST /admin/audit/check", "/admin/audit/check", "", runs(sends, 303), false},
	}
}

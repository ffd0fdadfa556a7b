package main

// ssoAddresses lists the ways to agencies' own sign-ins and back, where no agency
// has one and no browser has been there.
func ssoAddresses() []row {
	return []row{
		{"GET /sso/:provider", "/sso/school-b", "", everyone(404), false},
		{"GET /sso/:provider/callback", "/sso/school-b/callback?state=x&code=y", "", everyone(409), false},
		{"GET /sso/:provider/jwks.json", "/sso/school-b/jwks.json", "", everyone(404), false},
		{"GET /sign-in/with/:provider", "/sign-in/with/school-b", "", everyone(404), false},
		{"GET /sign-in/arrival", "/sign-in/arrival", "", everyone(409), false},
		{"GET /signed-out/:provider", "/signed-out/school-b", "", everyone(404), false},
		{"GET /account/connections", "/account/connections", "", members(200), false},
		{"POST /sign-in/work", "/sign-in/work", "email=nobody@shared.example", everyone(422), false},
		{"POST /sign-in/arrival", "/sign-in/arrival", "name=X", everyone(409), false},
		{"POST /account/connections", "/account/connections", "", sends(409), false},
		{"POST /account/connections/remove", "/account/connections/remove", "connection=x", sends(303), false},
	}
}

// signInAddresses lists the administrator's ways to them.
func signInAddresses() []row {
	return []row{
		{"GET /admin/sign-ins", "/admin/sign-ins", "", runs(members, 200), false},
		{"GET /admin/sign-ins/new", "/admin/sign-ins/new", "", runs(members, 200), false},
		{"GET /admin/sign-in/:provider", "/admin/sign-in/nowhere", "", runs(members, 404), false},
		{"POST /admin/sign-ins/new", "/admin/sign-ins/new", "agency=school-a", runs(sends, 422), false},
		{"POST /admin/sign-in/:provider", "/admin/sign-in/nowhere", "", runs(sends, 404), false},
		{"POST /admin/sign-in/:provider/test", "/admin/sign-in/nowhere/test", "", runs(sends, 404), false},
		{"POST /admin/sign-in/:provider/enable", "/admin/sign-in/nowhere/enable", "", runs(sends, 404), false},
		{"POST /admin/sign-in/:provider/disable", "/admin/sign-in/nowhere/disable", "", runs(sends, 404), false},
		{"GET /admin/sign-in/:provider/retire", "/admin/sign-in/nowhere/retire", "", runs(members, 404), false},
		{"POST /admin/sign-in/:provider/retire", "/admin/sign-in/nowhere/retire", "reason=x", runs(sends, 404), false},
	}
}

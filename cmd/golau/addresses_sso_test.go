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

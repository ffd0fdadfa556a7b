package web

import "embed"

// Files holds the layout, the parts that pages share, and the error page.
//
//go:embed pages
var Files embed.FS

// FooterPages are the pages at the foot of every page, in order.
var FooterPages = []string{"support", "accessibility", "privacy", "cookies", "history", "figures", "nations", "sources", "contact"}

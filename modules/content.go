package modules

import (
	"embed"
	"io/fs"
)

//go:embed content
var embedded embed.FS

// Content returns the course texts compiled into the program, the shape Load
// expects.
func Content() fs.FS {
	sub, err := fs.Sub(embedded, "content")
	if err != nil {
		panic(err) // the folder is named in the embed line above
	}
	return sub
}

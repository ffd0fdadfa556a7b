package quiz

import (
	"embed"
	"io/fs"
)

//go:embed bank
var embedded embed.FS

// Content is the banks that are compiled into the program, in the shape Load
// expects.
func Content() fs.FS {
	sub, err := fs.Sub(embedded, "bank")
	if err != nil {
		panic(err) // the folder is named in the embed line above
	}
	return sub
}

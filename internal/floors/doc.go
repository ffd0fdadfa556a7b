// Package floors holds no code of the product: its tests read the whole project
// and fail when the code and the picture of the house disagree. docs/house.md
// draws the picture for people; the tables here draw it for the compiler's
// sake, each row with its reason.
//
// It does not know what any package does. Nothing imports it, and it imports
// nothing: it reads files, so that Go's test cache sees every one of them.
package floors

package app

// Version is the program's version; releases follow CHANGELOG.md.
const Version = "0.1.0"

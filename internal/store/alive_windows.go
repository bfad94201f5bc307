package store

// alive says yes: Windows gives process numbers out again too soon to tell, so a
// dead holder's lease runs out by time.
func alive(int) bool { return true }

package app

// Contacts shows people and changes what is known of them.
type Contacts struct{ app *App }

// Contacts gives the service.
func (a *App) Contacts() *Contacts { return &Contacts{app: a} }

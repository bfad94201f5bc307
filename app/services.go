package app

// Services gives every service of the program. The window's and the browser's
// calls are dispatched to them by name (Segments.Count), the TypeScript client
// is generated from them, and nothing else is reachable from a page.
func (a *App) Services() []any {
	return []any{
		a.Workspace(),
		a.Data(),
		a.Contacts(),
		a.Segments(),
		a.Scoring(),
		a.Rules(),
		a.Content(),
		a.Preview(),
		a.Recommendations(),
		a.Campaigns(),
		a.Senders(),
		a.ContentServices(),
		a.Home(),
		a.Audit(),
		a.Jobs(),
		a.Native(),
	}
}

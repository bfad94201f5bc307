package store

// Gaps counts what is missing in the catalogue and what imports could not take.
type Gaps struct {
	Products int64
	NoImage  int64 `db:"no_image"`
	NoPrice  int64 `db:"no_price"`
	NoURL    int64 `db:"no_url"`
	Rejected int64 // rows of imports that stand
}

// Gaps counts them in one reading each.
func (tx *Tx) Gaps() (g Gaps, err error) {
	err = tx.Get(&g, `SELECT COUNT(*) AS products, COALESCE(SUM(image = ''), 0) AS no_image, COALESCE(SUM(price IS NULL), 0) AS no_price,
		COALESCE(SUM(url = ''), 0) AS no_url,
		(SELECT COUNT(*) FROM batch_rejects r JOIN batches b ON b.id = r.batch_id WHERE b.state <> 'undone') AS rejected FROM products`)
	return g, err
}

// SKUs gives every product's number.
func (tx *Tx) SKUs() (map[string]bool, error) {
	var list []string
	if err := tx.Select(&list, `SELECT sku FROM products`); err != nil {
		return nil, err
	}
	all := make(map[string]bool, len(list))
	for _, s := range list {
		all[s] = true
	}
	return all, nil
}

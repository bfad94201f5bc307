package contact

import (
	"strings"

	"golang.org/x/text/currency"

	"github.com/mailwright/mailwright/internal/fault"
)

// Currency is an ISO 4217 currency and the number of decimals its amounts have.
type Currency struct {
	Code     string `json:"code"`
	Decimals int    `json:"decimals"`
}

// ParseCurrency reads a three-letter code in any case.
func ParseCurrency(code string) (Currency, error) {
	unit, err := currency.ParseISO(strings.TrimSpace(code))
	if err != nil {
		return Currency{}, fault.At(fault.Invalid, "currency", "%q is not a currency code such as EUR or USD", code)
	}
	decimals, _ := currency.Standard.Rounding(unit)
	return Currency{Code: unit.String(), Decimals: decimals}, nil
}

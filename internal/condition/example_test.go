package condition_test

import (
	"fmt"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

func ExampleDescribe() {
	n, err := condition.Parse([]byte(`{"kind":"all","children":[
		{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":90,"unit":"day"}},
		{"kind":"attribute","attribute":"country","op":"in","values":["France","Germany"]}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(condition.Describe(n, contact.Schema{}))
	// Output: bought at least 2 times in the last 90 days and country is one of France or Germany
}

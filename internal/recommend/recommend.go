// Package recommend picks products for people, each with its reason.
//
// A Model is made once (Build) from the catalogue and from what everybody bought
// and looked at up to an instant, and is then only read, by many goroutines. A
// recommendation (catalog.Recommendation) becomes a Chain of that model once, and
// picks for anybody. Evaluate measures how well the model tells a person's next
// order. All of it is pure and deterministic: equal data give equal picks.
//
// # The method
//
// What somebody buys next is told by three things, added up:
//
//   - what they bought before, the last orders counting most, each product by how
//     readily people buy it again (personal item frequency: Hu, He, Gao, Zhang,
//     “Modeling Personalized Item Frequency Information for Next-basket
//     Recommendation”, SIGIR 2020);
//   - what others bought who bought the same: item–item neighbours (Sarwar, Karypis,
//     Konstan, Riedl, “Item-based Collaborative Filtering”, WWW 2001) by an
//     asymmetric cosine (Aiolli, “Efficient Top-N Recommendation for Very Large
//     Scale Binary Rated Datasets”, RecSys 2013), shrunk where few people support it
//     (Bell and Koren, “Scalable Collaborative Filtering with Jointly Derived
//     Neighborhood Interpolation Weights”, ICDM 2007) and amplified (Breese,
//     Heckerman, Kadie, “Empirical Analysis of Predictive Algorithms for
//     Collaborative Filtering”, UAI 1998);
//   - what sells at the time, each sale losing half of its weight in some days.
package recommend

import "github.com/mailwright/mailwright/internal/catalog"

// Pick is a product and why.
type Pick struct {
	Product  catalog.Product
	Reason   string           // for the person: “Because you bought the white lantern”
	Strategy catalog.Strategy // that chose it
}

// tuning holds the constants of the method.
type tuning struct {
	support   float64 // people who must have bought two products for them to be neighbours
	shrink    float64 // people added to the support
	asymmetry float64 // how much of the cosine's norm is the candidate's; ½ is the plain cosine
	amplify   float64 // the power to which a similarity is raised
	decay     float64 // of an order's weight with every later order
	spread    float64 // the power of the history's weight that neighbours are divided by
	own       float64 // weight of what the person bought before
	trust     float64 // people added to a product's own rate of being bought again
	trend     float64 // weight of what sells
	halfLife  float64 // days in which a sale loses half of its weight
}

// tuned are the constants that told the order before the last best, on a gift
// shop's 4,372 customers (UCI Online Retail), out of some hundred tries. The last
// orders, on which the method is measured, had no part in the choice.
var tuned = tuning{
	support: 2, shrink: 5, asymmetry: 0.8, amplify: 2, decay: 0.7, spread: 0.8,
	own: 1, trust: 100, trend: 0.05, halfLife: 10,
}

// plainCosine is the item–item cosine without any of that, to compare with.
var plainCosine = tuning{support: 1, asymmetry: 0.5, amplify: 1, decay: 1, own: 1, halfLife: 10}

// Bounds that keep the work and the memory in proportion to what is sold.
const (
	nearest       = 400        // neighbours kept of one product, fewer where there are very many products:
	nearestInAll  = 16_000_000 // of all products, at 8 bytes each
	leastNearest  = 40
	basketItems   = 150   // of one person, the newest: who buys everything tells little
	sampledBuyers = 4_000 // of one product
	trendingShown = 300   // products that sell, considered for everybody
	historyOrders = 32    // of one person, the newest
	historyViews  = 50    // products looked at by one person, the newest
)

package demo

import "strings"

// place is a country of the shop's customers: how people there are called, where
// they live and how they write.
type place struct {
	country  string
	language string
	zone     string
	dial     string
	share    int // of a hundred customers
	first    []string
	last     []string
	cities   []string
	postal   string // # is a digit, @ a letter
}

func words(s string) []string { return strings.Split(s, ",") }

// places are where the customers live. Shares add up to 100.
var places = []place{
	{"Ireland", "en", "Europe/Dublin", "+353", 34,
		words("Aoife,Ciara,Niamh,Saoirse,Róisín,Orla,Sinéad,Emer,Clodagh,Gráinne,Conor,Sean,Oisín,Cian,Darragh,Fionn,Eoin,Padraig,Liam,Declan"),
		words("Murphy,Kelly,Byrne,Ryan,O'Brien,Walsh,O'Connor,Doyle,McCarthy,Gallagher,Doherty,Kennedy,Lynch,Quinn,Moore,Nolan,Brennan,Keane"),
		words("Dublin,Cork,Galway,Limerick,Kilkenny,Sligo"), "D## @#@#"},
	{"United Kingdom", "en", "Europe/London", "+44", 20,
		words("Olivia,Amelia,Isla,Grace,Freya,Harriet,Imogen,Rosie,Beatrice,Priya,Oliver,George,Arthur,Noah,Theo,Callum,Rhys,Hamish,Omar,Jack"),
		words("Smith,Jones,Taylor,Brown,Davies,Evans,Wilson,Thomas,Patel,Hughes,Edwards,Clarke,Campbell,Stewart,Khan,Foster,Ward,Bennett"),
		words("London,Bristol,Edinburgh,Leeds,Cardiff,York"), "@@# #@@"},
	{"Germany", "de", "Europe/Berlin", "+49", 13,
		words("Anna,Lena,Mia,Clara,Jule,Katharina,Sabine,Ute,Friederike,Leyla,Jonas,Lukas,Felix,Paul,Moritz,Jürgen,Holger,Emre,Matthias,Björn"),
		words("Müller,Schmidt,Schneider,Fischer,Weber,Wagner,Becker,Hoffmann,Schäfer,Koch,Bauer,Richter,Wolf,Neumann,Schröder,Yılmaz,Krüger,Vogel"),
		words("Berlin,Hamburg,München,Köln,Leipzig,Freiburg"), "#####"},
	{"France", "fr", "Europe/Paris", "+33", 11,
		words("Camille,Léa,Manon,Chloé,Inès,Élodie,Margaux,Amélie,Noémie,Fatou,Lucas,Hugo,Louis,Jules,Théo,Raphaël,Antoine,François,Mehdi,Étienne"),
		words("Martin,Bernard,Dubois,Petit,Durand,Leroy,Moreau,Laurent,Lefèvre,Garcia,Roux,Fournier,Girard,Mercier,Lambert,Benali,Faure,Rousseau"),
		words("Paris,Lyon,Nantes,Bordeaux,Lille,Rennes"), "#####"},
	{"Netherlands", "nl", "Europe/Amsterdam", "+31", 8,
		words("Sanne,Lotte,Fleur,Femke,Anouk,Marijke,Eva,Maud,Roos,Yara,Daan,Sem,Bram,Jeroen,Thijs,Ruben,Lars,Koen,Pieter,Youssef"),
		words("de Jong,Jansen,de Vries,van den Berg,Bakker,van Dijk,Visser,Smit,Meijer,Mulder,de Boer,Bos,Vos,Peters,Hendriks,van Leeuwen"),
		words("Amsterdam,Utrecht,Rotterdam,Groningen,Haarlem"), "#### @@"},
	{"Sweden", "sv", "Europe/Stockholm", "+46", 5,
		words("Elsa,Astrid,Maja,Saga,Ebba,Ingrid,Linnéa,Åsa,Hugo,William,Axel,Nils,Björn,Göran,Oskar,Elias"),
		words("Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Lindberg,Sjöberg,Åkesson"),
		words("Stockholm,Göteborg,Malmö,Uppsala"), "### ##"},
	{"Italy", "it", "Europe/Rome", "+39", 5,
		words("Giulia,Sofia,Chiara,Martina,Francesca,Elena,Lucia,Marco,Luca,Matteo,Davide,Paolo,Nicolò,Andrea"),
		words("Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,Conti,De Luca"),
		words("Milano,Bologna,Torino,Firenze"), "#####"},
	{"Spain", "es", "Europe/Madrid", "+34", 4,
		words("Lucía,María,Paula,Carmen,Nuria,Ainhoa,Inés,Hugo,Pablo,Álvaro,Javier,Íñigo,Sergio,Andrés"),
		words("García,Martínez,López,Sánchez,Pérez,Gómez,Fernández,Núñez,Ortiz,Iglesias,Muñoz,Peña"),
		words("Madrid,Barcelona,Valencia,Bilbao"), "#####"},
}

var mailDomains = words("post.example,mail.example,inbox.example,home.example,letterbox.example")

package dialect

import "strings"

// locale is how a language writes dates and amounts.
type locale struct {
	months, shortMonths [12]string
	days, shortDays     [7]string
	group, point        string
	symbolAfter         bool // 19,99 € instead of €19.99
}

// localeOf gives the nearest of the languages that are known: en, de, es, fr,
// it, nl and pt; English where none is. Marks in numbers follow the language.
func localeOf(tag string) locale {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	language, _, _ := strings.Cut(tag, "-")
	l := locale{group: ",", point: "."}
	l.months = twelve("January February March April May June July August September October November December")
	l.shortMonths = twelve("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
	l.days = seven("Sunday Monday Tuesday Wednesday Thursday Friday Saturday")
	l.shortDays = seven("Sun Mon Tue Wed Thu Fri Sat")
	const narrow = "\u202f"
	switch language {
	case "de":
		l.months = twelve("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
		l.shortMonths = twelve("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.")
		l.days = seven("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag")
		l.shortDays = seven("So Mo Di Mi Do Fr Sa")
		l.group, l.point, l.symbolAfter = ".", ",", true
		if tag == "de-ch" {
			l.group, l.point, l.symbolAfter = "’", ".", false
		}
	case "es":
		l.months = twelve("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
		l.shortMonths = twelve("ene feb mar abr may jun jul ago sept oct nov dic")
		l.days = seven("domingo lunes martes miércoles jueves viernes sábado")
		l.shortDays = seven("dom lun mar mié jue vie sáb")
		l.group, l.point, l.symbolAfter = ".", ",", true
	case "fr":
		l.months = twelve("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
		l.shortMonths = twelve("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.")
		l.days = seven("dimanche lundi mardi mercredi jeudi vendredi samedi")
		l.shortDays = seven("dim. lun. mar. mer. jeu. ven. sam.")
		l.group, l.point, l.symbolAfter = narrow, ",", true
	case "it":
		l.months = twelve("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")
		l.shortMonths = twelve("gen feb mar apr mag giu lug ago set ott nov dic")
		l.days = seven("domenica lunedì martedì mercoledì giovedì venerdì sabato")
		l.shortDays = seven("dom lun mar mer gio ven sab")
		l.group, l.point, l.symbolAfter = ".", ",", true
	case "nl":
		l.months = twelve("januari februari maart april mei juni juli augustus september oktober november december")
		l.shortMonths = twelve("jan feb mrt apr mei jun jul aug sep okt nov dec")
		l.days = seven("zondag maandag dinsdag woensdag donderdag vrijdag zaterdag")
		l.shortDays = seven("zo ma di wo do vr za")
		l.group, l.point = ".", ","
	case "pt":
		l.months = twelve("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
		l.shortMonths = twelve("jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.")
		l.days = seven("domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado")
		l.shortDays = seven("dom. seg. ter. qua. qui. sex. sáb.")
		l.group, l.point, l.symbolAfter = ".", ",", true
	}
	return l
}

func twelve(words string) [12]string { return [12]string(strings.Fields(words)) }

func seven(words string) [7]string { return [7]string(strings.Fields(words)) }

// symbol gives a currency's sign where it is well known, else its code.
func symbol(code string) string {
	switch code {
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "USD":
		return "$"
	case "JPY":
		return "¥"
	case "INR":
		return "₹"
	case "CAD":
		return "CA$"
	case "AUD":
		return "A$"
	case "NZD":
		return "NZ$"
	case "BRL":
		return "R$"
	case "KRW":
		return "₩"
	case "PLN":
		return "zł"
	}
	return code
}

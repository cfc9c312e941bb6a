package credits

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// givenList are common given names in Latin letters, folded to lower case. They
// distinguish a person's name without a label from a section or a place.
const givenList = `aaron abby abdul abdullah abigail abraham achim adam adele adrian adriana agata agnes agnieszka ahmad ahmed aidan aileen aisha alain alan alba alban albert alberto aldo alejandra alejandro aleksandar aleksandra alena alessandra alessandro alessia alex alexander alexandra alexandre alexia alexis alfonso alfred alfredo ali alice alicia alina alison alistair allan allen allison alma alvaro amanda amber amelia amelie amina amit amy ana anastasia anders andre andrea andreas andreea andrei andrej andres andrew andrzej andy anette angel angela angelika angelina angelo angie anita anja anjali anke ann anna annabel anne annegret annette annie annika anouk ansgar anthony antje antoine anton antonia antonin antonio antonis anuj anya april ariana ariel arianna arjun arlene armando armin arnaud arne arno arthur artur arturo arun arvind asha ashley astrid aude audrey august augusto aurelie aurelien ava axel ayesha ayse
barbara barry bartosz bastian bea beata beate beatrice beatriz ben benedikt benjamin benoit berit bernard bernd bernhard bert bertrand beth bethany betty bianca bill birgit bjorn blair blake blanca bob bonnie boris brad bradley brandon brenda brendan brent brett brian bridget britta brooke bruce bruno bryan burkhard
caitlin caleb calum cameron camila camilla camille candice cara carina carl carla carlo carlos carly carmen carol carole carolin carolina caroline carolyn carsten casey cassandra catalina catarina catherine cathy catriona cecilia cecile cedric celia celine cesar chad chantal charles charlie charlotte chelsea cheryl chiara chloe chris christa christel christian christiana christiane christie christin christina christine christof christoph christophe christopher christos chuck ciara cindy claire clara clare clarissa claudia claudio claus clement cliff clive cody colin colleen collin conny connie connor conor conrad constanze cora corey corinna corinne cornelia cosima courtney craig cristian cristiano cristina curt cynthia cyril cyrille
dafne dagmar daisy dale damian damien damon dan dana daniel daniela daniele daniella danielle danny dante daphne darcy daria dario darius darrell darren dave david dawn dean deanna debbie deborah debra deepak deirdre delphine denis denise dennis derek detlef devin diana diane didier diego dieter dietmar dietrich dimitri dimitris dina dirk dmitri dmitry dolores domenico dominic dominik dominika dominique don donald donna donovan dora doris dorothea dorothee dorothy dorota doug douglas drew duncan dustin dusty dylan
eberhard eckhard ed eddie edgar edith eduard eduardo edward edwin ekaterina elaine eleanor elena eleni elias elif elisa elisabeth elise elizabeth elke ella ellen elliot elliott elsa elvira emanuel emanuele emeline emil emilia emilie emilio emily emma emmanuel emmanuelle emre enrico enrique eric erica erich erik erika erin ernest ernesto ernst erwin esteban estelle esther ethan etienne eugene eugenia eva evan evelyn evelyne ewa
fabian fabien fabienne fabio fabrice faith fatima fatma federica federico felicia felicity felipe felix ferdinand fernanda fernando filip filippo fiona flavia flavio florent florian forrest frances francesca francesco francis francisca francisco franck franco francois francoise frank franz fred freddie frederic frederick frederik freya frida frieda friedrich fritz
gabriel gabriela gabriele gabriella gareth garrett gary gaspard gavin gemma gene genevieve geoff geoffrey georg george georges georgia georgina georgios gerald gerard gerardo gerd gerhard gerrit gertrud gesa gianluca gianni gilbert gilles gillian gina giorgio giorgos giovanna giovanni gisela giulia giuliano giulio giuseppe gladys glen glenn gloria gordon grace graham grant greg gregor gregory greta grzegorz guido guilherme guillaume guillermo gunnar gunter gunther gustav gustavo guy gwen
hannah hanna hannes hannelore hans harald haris harold harriet harris harry hartmut hassan hayley hazel heath heather hector hedwig heide heidi heike heiko heiner heinrich heinz helen helena helene helga helge helmut hendrik henning henri henriette henrik henrique henry herbert hermann herve hilary hilde hildegard holger holly horst howard hubert hugh hugo humberto hussein
ian ibrahim ignacio ilaria ilka ilona ilse imran ines inga inge ingeborg ingmar ingo ingrid irena irene irina iris irma isaac isabel isabell isabella isabelle ismail ivan ivana ivo izabela
jack jackie jackson jacob jacqueline jacques jaime jake jakob jakub james jamie jan jana jane janet janez janice janina janine janna jared jaroslav jasmin jasmine jason javier jay jean jeanette jeanne jeannette jeff jeffrey jelena jenna jennie jennifer jenny jens jeremy jerome jerry jesper jesse jessica jessie jesus jill jillian jim jimmy jiri joachim joan joana joanna joanne joao joaquin jocelyn jochen jodi jody joe joel joelle joerg joern johan johann johanna johannes john johnny jolanta jon jonas jonathan jordi joris jorg jorge jorgen jorn jose josef josefine joseph josephine josh joshua josie joy joyce juan juana judith judy jules julia julian juliana juliane julie julien juliet juliette julio julius june jurgen jussi justin justine justyna jutta
kai kaitlin kamil kamila karel karen karim karin karina karl karla karolina karoline karsten kasia kaspar kat katarina katarzyna kate katerina katharina katharine katherine kathleen kathrin kathryn kathy katia katie katja katrin katrina kay kayla keith kelly kelsey ken kendall kenneth kerry kerstin kevin khalid kieran kilian kim kimberly kirk kirsten kirsty kirstie klara klaus knut konrad konstantin konstantinos kostas krista kristen kristian kristin kristina kristine krystyna krzysztof kumar kurt kyle kylie
lachlan lance lara larry lars laszlo laura lauren laurence laurent laurie lea leah leandro lee leif lena lennart leo leon leonard leonardo leonie leopold leslie leticia lewis liam lidia lilian lilli lillian lilly lily lina linda lindsay lindsey lionel lisa liz liza lizzie logan lois lola lore lorena lorenz lorenzo loretta lori lorraine lothar lou louis louisa louise luc luca lucas lucia luciano lucie lucien lucille lucinda lucy ludger ludovic ludwig luigi luis luisa luise luiz lukas lukasz luke lutz lydia lynn lynne
maarten maciej mackenzie maddie madeleine madeline mads magali magda magdalena magnus mahmoud maike maja malcolm malgorzata malin malte mandy manfred manon manoj manuel manuela mara marc marcel marcela marcelo marcin marco marcos marcus marek marga margaret margarita margaux margit margot margret maria mariam marian mariana mariano marianne marie marieke mariella marika marilyn marina mario marion marisa marissa marius marjan mark marko markus marlene marlies marlon marta marte martha martijn martin martina martine marty marvin mary marzena massimo mateusz mathias mathieu mathilde matilda mats matt matteo matthew matthias matthieu maud maura maureen maurice mauricio maurizio max maxi maxim maxime maximilian maya megan mehmet meike melanie melina melinda melissa mercedes meredith michael michaela michal michel michela michele michelle miguel mikael mike mikel mikko milan milena milica millie mimi mina mira miranda mireille miriam mirjam mirko misha mitch mitchell mohamed mohammad mohammed moira molly mona monica monika monique morgan moritz morten morton moses muhammad muriel mustafa myriam
nadia nadine nadja nancy naomi natalia natalie natascha natasha nate nathalie nathan nathaniel neal neha neil nelly nelson nicholas nick nicki nico nicola nicolai nicolas nicole nicoletta niels niklas niko nikola nikolai nikolaus nikos nils nina nino noah noel noemi nora norbert noreen norma norman nuno nuria
odile olaf ole oleg olga oliver olivia olivier omar orlando oscar oskar osman oswald otto owen
pablo paddy paige pam pamela paola paolo pascal pascale pat patricia patricio patrick patrik patrizia patty paul paula pauline paulo pavel pedro peggy penelope penny per petar pete peter petr petra phil philip philipp philippa philippe phillip phoebe phyllis pia pierre pieter pietro pilar piotr polly priya priyanka przemyslaw
quentin quinn
rachael rachel radoslaw rafael rafaela raffaele raffaella rahul rainer raj rajesh ralf ralph ramon randall randy raphael raquel rasmus raul ravi ray raymond rebecca regina reiner reinhard reinhold remi rena renate renato rene renee rhys ricardo riccardo richard rick ricky rita rob robbie robert roberta roberto robin robyn rocio rodney rodolfo rodrigo roger rohit roland rolf roman romain romy ron ronald ronja ronny rory rosa rosalie rosalind rosanna rose rosemarie rosemary ross roswitha roxana roxanne roy ruben rudi rudolf rui rupert russell ruth ryan
sabina sabine sabrina sadie sahil saibal sally salma salvador salvatore sam samantha samir samuel sandeep sandra sandrine sandro sandy sanjay sanna santiago sara sarah sascha saskia scott sean sebastian sebastiano sebastien selina serena serge sergei sergey sergio seth shane shannon sharon shaun shawn shauna sheila shelby shelley sherry shirley shreya sibylle sidney sigrid silke silvia silvio simon simona simone sinead siobhan sofia sofie solveig sonia sonja sonya sophia sophie soren spencer srdjan stacey stacy stan stanislav stefan stefania stefanie stefano steffen steffi stella stephan stephane stephanie stephen sterling steve steven stewart stuart sue sunil susan susana susann susanna susanne susie suzanne sven svenja svetlana swen sybille sylvain sylvia sylvie
tamara tammy tania tanja tanya tara tarik tasha tatiana tatjana taylor ted teresa terence terry tessa thaddeus thea theo theodor theresa therese thierry thilo thomas thorsten tiago tiffany till tilman tim timo timothy tina tobias todd tom tomas tomasz tommaso tommy toni tony torben torsten tracey tracy travis trevor trish tristan troy tyler
udo ulf uli ulla ulli ulrich ulrike umberto ursula uschi ute uwe
vahid valentin valentina valeria valerie vanessa vasilis vaughn vera verena veronica veronika veronique vicki vicky victor viktor viktoria vikram vince vincent vincenzo vinod viola violet violeta virginia virginie vito vittoria vittorio vivek vivian viviane vladimir volker
waltraud wanda warren wayne wendy werner wesley wilfried wilhelm will willem william willy winfried wojciech wolf wolfgang
xavier yann yannick yannis yara yasmin yasmine yolanda yvan yves yvette yvonne
zachary zack zara zoe zoltan zuzana`

// given are the given names of givenList.
var given = buildGiven()

func buildGiven() map[string]bool {
	m := make(map[string]bool, 1400)
	for name := range strings.FieldsSeq(givenList) {
		m[name] = true
	}
	return m
}

// isGiven reports whether a word is a common given name, or two with a hyphen
// between them.
func isGiven(word string) bool {
	word = foldAccents(word)
	if given[word] {
		return true
	}
	first, _, hyphen := strings.Cut(word, "-")
	return hyphen && given[first]
}

// accents are the letters with marks that given names are written with.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ą", "a", "ç", "c", "č", "c", "ć", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ł", "l", "ñ", "n", "ń", "n", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ř", "r", "š", "s", "ś", "s", "ş", "s", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ý", "y", "ž", "z", "ź", "z", "ż", "z")

func foldAccents(word string) string {
	word = strings.ToLower(word)
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return accents.Replace(word)
		}
	}
	return word
}

// Person reports whether a text is the full name of a person, as a reader would
// tell without a label: two to four words, the first a common given name.
func Person(s string) bool {
	words := strings.Fields(s)
	for len(words) > 0 && honorifics[strings.ToLower(words[0])] {
		words = words[1:]
	}
	return PersonLike(s) && isGiven(words[0])
}

// honorifics stand before a name.
var honorifics = set("dr.", "prof.", "mr.", "mrs.", "ms.", "dr", "prof", "dipl.-ing.", "sir", "rev.")

// PersonLike reports whether a text has the form of a person's full name: two to
// four capitalised words, none of them a word of sections, firms or occupations.
func PersonLike(s string) bool {
	if strings.ContainsAny(s, ":/|@&?!") {
		return false
	}
	words := strings.Fields(s)
	n := 0
	for _, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,"))
		if particles[w] || honorifics[strings.ToLower(w)] {
			continue
		}
		r := firstRune(w)
		if !unicode.IsUpper(r) || firmWords[low] || roleWords[low] || titles[low] || n == 0 && article[low] || hasDigit(w) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4 && Clean(s) == s
}

// firmWords are words of the names of firms, papers, institutions and sections.
var firmWords = set("collective", "group", "lines", "network", "institute", "university", "college", "school", "foundation", "association", "society", "media", "news", "newsroom", "magazine", "gazette", "herald", "tribune", "chronicle", "journal", "radio", "television", "tv", "inc", "llc", "ltd", "gmbh", "ag",
	"company", "corporation", "corp", "agency", "department", "ministry", "office", "center", "centre", "council", "committee", "hospital", "clinic", "laboratory", "lab", "labs", "studio", "studios", "technologies", "technology", "solutions", "systems", "consulting", "partners", "ventures",
	"services", "service", "facebook", "online", "blog", "security", "health", "finance", "politics", "sports", "culture", "travel", "business", "economy", "opinion", "world", "international", "national", "local", "press", "publishing", "publications", "communications", "insurance", "bank", "airlines", "hotels", "realty", "club", "league", "union", "federation", "authority", "board", "bureau", "commission",
	"zeitung", "verlag", "stiftung", "verein", "universität", "hochschule", "institut", "redaktion", "nachrichten", "politik", "wirtschaft", "sport", "kultur", "université", "journal", "fundación", "universidad", "instituto", "associazione", "università", "ltd.", "inc.", "policy", "terms", "privacy", "contact", "about", "more", "read", "home", "top", "best", "new", "latest", "cookie", "login", "search", "menu")

// Firm reports whether a text has a word of firms, sections or buttons: "Text Size".
func Firm(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if w = strings.ToLower(strings.Trim(w, ".,")); firmWords[w] || w == "size" || w == "text" {
			return !isGiven(firstWord(s))
		}
	}
	return false
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// affiliation reports whether a value behind a person's name is the firm or the
// institution where the person works.
func affiliation(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || isGiven(words[0]) {
		return false
	}
	for _, w := range words {
		if firmWords[strings.ToLower(strings.Trim(w, ".,"))] {
			return true
		}
	}
	return false
}

// WithDegrees reads a line of people with their degrees, which needs no label: "Jane
// Doe, PhD; John Roe, DVM, MSc". It returns nil for other lines.
func WithDegrees(line string) []string {
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '&' })
	if len(parts) < 2 || !PersonLike(strings.TrimSpace(parts[0])) || !degree(strings.TrimSpace(parts[1])) {
		return nil
	}
	return withoutRoles(westernNames(strings.ReplaceAll(line, ";", ",")))
}

// Team reports whether a text names a desk or a team: "Lakeside Team".
func Team(s string) bool { return teamName(strings.Fields(s)) }

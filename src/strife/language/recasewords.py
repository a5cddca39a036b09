"""Word lists for recasing: given names that are also dictionary words, months and days, and words that only
look like names. Our own lists."""

from __future__ import annotations

MONTHS = {"january", "february", "april", "june", "july", "august", "september", "october", "november", "december"}
SHORT_MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "march"}
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
LINKING = frozenset(
    """
    de del la las los el al san santa santo sao von van bin ben abu y da do dos du le st new saint port puerto
    villa ibn
    """.split()
)
SHORT_TITLES = frozenset(
    """
    mr mrs ms dr gen col lt capt maj sgt cpl brig adm cmdr msgr rev fr sen gov rep prof ing sr jr dir ltc cdr
    pvt insp amb
    """.split()
)
INSIDE = {"of", "the", "and", "for", "in", "on", "to", "against", "with", "de", "del", "la", "y", "du", "des"}
NEVER = frozenset(
    """
    us who it so may an no are in as at or on be is am he me we do go if
    """.split()
)

# Acronyms of organisations that in a text in capitals are far more often the word.
NO_ACRONYMS = {"car", "cob", "das", "elf", "gam", "spa", "pa", "cis", "ola", "saba", "isi", "arena", "roc"}

# Units and numbers written without vowels, which are no acronyms.
UNITS = frozenset(
    """
    km mm cm kg hrs hr mph kph ft lb lbs yds nd rd st th vs pp ff nth tv cwt psst hmm kw mw mhz khz gmt pm
    """.split()
)
UPPER = frozenset(
    """
    tv gmt mhz vip usa usaf ussr uk un eec oas cia fbi dea afp efe upi dpa dc
    """.split()
)

# English words that dictionaries of word forms leave out: pronouns, numbers of things, set phrases.
ORDINARY = frozenset(
    """
    whomever whoever whatever whichever themselves himself herself itself ourselves yourselves everybody anybody
    somebody nobody everyone anyone someone everything anything something nothing etc alias firefight firefights
    shootout shootouts airstrike airstrikes ceasefire ceasefires warplane warplanes gunship gunships walkout
    handover crackdown lawmaker lawmakers newscast newscasts narcoterrorist narcoterrorists narcotraffickers
    trafficker traffickers extraditable highranking clergymen cadre cadres guerrilla guerilla guerrillas
    guerillas kidnapper kidnappers kidnapping kidnappings campesino campesinos spokesperson spokespersons hitmen
    hitman maoist rightwing leftwing multinational percent okay
    """.split()
)
PREFIXES = (
    "counter",
    "anti",
    "ultra",
    "inter",
    "super",
    "semi",
    "multi",
    "over",
    "under",
    "para",
    "post",
    "mini",
    "micro",
    "narco",
    "non",
    "pre",
    "pro",
    "mid",
    "sub",
    "out",
    "dis",
    "mis",
    "un",
    "re",
    "co",
    "de",
    "ex",
    "il",
    "im",
    "in",
    "ir",
)

# Dictionary words that are also names of sizeable places, and in news prose nearly always the word.
NOT_PLACES = {
    "aba",
    "bata",
    "bender",
    "bida",
    "bimbo",
    "bloke",
    "bole",
    "bride",
    "brant",
    "cascades",
    "centurion",
    "colon",
    "commonwealth",
    "corona",
    "cortes",
    "cypress",
    "delta",
    "dorado",
    "drome",
    "edo",
    "engels",
    "essen",
    "est",
    "fes",
    "fife",
    "ghat",
    "grad",
    "gulf",
    "hela",
    "honcho",
    "hub",
    "ig",
    "lac",
    "lobata",
    "mango",
    "manta",
    "mantilla",
    "manus",
    "marche",
    "mara",
    "mascara",
    "mesa",
    "metro",
    "mon",
    "mus",
    "naga",
    "nada",
    "nan",
    "nara",
    "ogre",
    "paradise",
    "pest",
    "pieta",
    "plateau",
    "queens",
    "reading",
    "reunion",
    "saga",
    "saki",
    "sale",
    "saran",
    "sari",
    "serra",
    "shan",
    "tanga",
    "tarn",
    "tartar",
    "thane",
    "unity",
    "van",
    "var",
    "vas",
    "warder",
    "yard",
    "zeta",
    "ganja",
    "gent",
    "archway",
    "americana",
    "para",
    "bari",
    "sonora",
    "maine",
    "wellington",
    "togo",
    "batman",
    "agra",
    "bolivia's",
    "tabasco",
    "arroyo",
    "oman's",
    "mobile",
    "tamale",
    "aurora",
    "phoenix",
    "jersey",
} - {"togo", "maine"}

# Given names that are dictionary words too, by which they would stay small; other names need no list.
GIVEN = set(
    """
    adam alan albert alberto alejandro alex alexander alfonso alfred alfredo ali alvaro andre andres andrew angel
    angela anita anna anthony antonio ariel armando arthur arturo augusto barbara beatrice benito benjamin bernard
    bernardo bob boris carl carlo carlos carmen carol catherine cecilia cesar charles christian christopher clara
    claudia clement constantine cyrus daniel david diana diego dolores domingo donald dora edgar edith edmund
    eduardo edward elena elias elizabeth emanuel emilio emma enrique eric ernesto ernest ester eugene eva fabio
    felipe felix ferdinand fernando fidel francis francisco franco frank franklin frederick gabriel george gerard
    gilbert gloria gomez gonzalez gonzalo gregory guillermo gustavo guy harold harry hassan hector helen henry
    herbert herman hernan hernandez hilda homer hugh hugo humberto hussein ibrahim ignacio igor ines irene isaac
    isabel ismael ivan ivanov jack jacob jacques jaime james jane javier jean jeff jeremiah jerome jerry jesse jesus
    jim joan joaquin joe joel john johnny jonathan jorge jose josef joseph joshua juan juana judith julia julian
    julio julius karl katherine kevin khalid lara larry laura lawrence lazaro leo leon leonard leonardo leonid
    leopold lewis liliana linda lopez lorenzo louis lucas lucia lucy luis luke lydia magdalena manuel marcel marco
    marcos margaret maria marie mario marta martha martin martinez mary mateo matthew maurice mauricio max mercedes
    michael miguel mikhail mohammed monica moses muhammad nancy natalia nelson nestor nicholas nicolas nikolai noel
    nora norman octavio oliver olga omar orlando oscar osvaldo otto pablo patricia patrick paul paulo pedro perez
    peter philip pierre rachel rafael ralph ramirez ramon raul rebecca rene ricardo richard robert roberto rodolfo
    rodrigo rodriguez roger roland rolando roman romero rosa rosario rose ruben rudolf salvador samuel sanchez
    sandra santiago santos sarah saul sebastian sergio silva simon sofia sophia stalin stanley stephen steven susan
    sylvia teresa thomas timothy tom tomas tony torres vargas victor victoria vincent vicente virginia vladimir
    walter wilhelm william wilson yasser yusuf
""".split()
)
# Of these, the ones that are everyday words in lower case count as names only beside another name.
BESIDE = frozenset(
    """
    angel bob carol christian domingo frank franco gloria guy homer jack jean jerry jim jimmy joe leo mercedes
    max rose roman rosario salvador tom clement harry hector jesse moses nelson rodeo ester dolores bill mark
    sue pat grant chase santos wilson will
    """.split()
)
SUFFIXES = (
    "ion",
    "ment",
    "ness",
    "ship",
    "ity",
    "ance",
    "ence",
    "age",
    "ure",
    "dom",
    "hood",
    "ism",
    "ist",
    "ists",
    "ing",
    "ings",
    "logy",
    "cy",
    "al",
    "ent",
    "ant",
    "er",
    "ers",
    "or",
    "ors",
    "ry",
    "men",
    "man",
    "ee",
    "area",
    "week",
    "month",
    "year",
    "river",
    "zone",
    "work",
    "way",
    "house",
)

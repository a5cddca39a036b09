"""Words that tell a place from another name: what stands beside places, and what no place is called. All lower case."""

from __future__ import annotations

SETTLED_PLACES = frozenset(
    "city town village hamlet municipality township district county raion rayon neighbourhood neighborhood "
    "province governorate oblast suburb enclave".split()
)
SETTLEMENTS = frozenset(
    "city town village hamlet municipality township capital stronghold bastion enclave settlement".split()
)
PROVINCES = frozenset(
    "province governorate oblast state prefecture wilaya emirate krai region territory department republic".split()
)
DISTRICTS = frozenset(
    "district county raion rayon neighbourhood neighborhood quarter area parish commune sector".split()
)
FACILITIES = frozenset(
    "airport airbase airfield base barracks hospital prison university bridge dam square camp port harbour "
    "harbor refinery crossing checkpoint stadium junction mosque church cathedral school hotel palace road "
    "highway street market".split()
)
INSTALLATIONS = frozenset(
    "airport airbase airfield base barracks prison dam crossing checkpoint refinery port harbour harbor camp".split()
)
AROUND = frozenset(
    "near around outside outskirts outskirt countryside suburb suburbs surroundings environs hinterland "
    "vicinity border edge approaches edges surrounding".split()
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern north-eastern north-western south-eastern "
    "south-western north-east north-west south-east south-west upper lower greater rural downtown".split()
)
PLACE_NOUNS = (
    SETTLEMENTS
    | PROVINCES
    | DISTRICTS
    | FACILITIES
    | AROUND - {"near", "around", "outside", "surrounding"}
    | frozenset(
        "valley island islands mountain mountains river coast desert peninsula plain basin sea lake gulf "
        "strait gorge oasis front frontline corridor strip crossroads centre center".split()
    )
)
# where an unknown name stands beside one of these it is a place: one spot, or a stretch of country
SITES = frozenset(
    "airport airbase airfield airstrip pass crossing checkpoint roadblock bridge dam mill mine colliery oilfield refinery "
    "port harbour harbor junction crossroads barracks prison hospital monastery shrine market quarry outpost camp palace "
    "temple pagoda cinema gate overpass street avenue square resort cemetery monument tunnel ford villa".split()
)
LANDSCAPE = frozenset(
    "river valley mountain hill ridge plateau forest desert lake gorge canyon bay canal island peninsula plain wadi "
    "oasis marsh swamp creek coast strait road highway strip salient area region corridor frontline settlement".split()
)
# "the siege of X", "residents of X": nouns whose "of" leads to a place
OF_PLACE = PLACE_NOUNS | frozenset(
    "siege fall battle capture seizure liberation bombing bombardment shelling control part parts north south "
    "east west northeast northwest southeast southwest kilometre kilometer km mile miles resident residents "
    "people inhabitant mayor governor street streets heart evacuation invasion occupation blockade recapture "
    "retaking storming encirclement loss defence defense population destruction ruin gate gates entrance sky "
    "skies half most rest mosque airspace".split()
)
IN_PLACE = frozenset(
    "in near at outside inside around across throughout toward towards into within via beyond off opposite "
    "amid alongside".split()
)
OTHER_PREPOSITIONS = frozenset(
    "from to of on over through between for above past along including like as against upon".split()
)
PARTY_PREPOSITIONS = frozenset("by with against between for like".split())
TARGETS = frozenset({"on", "upon"})
AIMED = frozenset(
    "advance attack assault march offensive raid strike bombing close push shelling fire siege bombardment "
    "hold grip converge descend move rain fall land drop control onslaught".split()
)
WAYS = frozenset({"to", "from", "for", "through", "over"})
MOVING = frozenset(
    "flee return travel go move withdraw retreat advance head drive fly march arrive come flock evacuate "
    "escape transfer bring send deploy spread pull transport displace road highway route way flight trip "
    "visit journey withdrawal convoy supply leave depart sail walk cross expel deport extend access entrance "
    "pass expand airlift ferry evacuation bus train fall passage corridor refugee arrival departure".split()
)
# verbs whose object is often a place
TAKING = frozenset(
    "capture seize bomb shell attack hit storm besiege liberate retake recapture reach enter leave visit "
    "control hold surround evacuate strike raid overrun occupy invade quit flee target bombard pound encircle "
    "approach defend take conquer blockade secure ravage destroy devastate rock shake cross pass tour abandon "
    "loot burn regain lose cede clear infiltrate penetrate".split()
)
SUFFERING = frozenset(
    "fall lie remain become see witness come suffer endure".split()
)  # verbs whose subject may be a place
SAYING = frozenset(
    "say tell announce deny accuse warn claim insist demand urge call want believe think declare pledge "
    "promise refuse reject agree condemn threaten vow ask offer deploy send support back launch sign hope "
    "seek decide confirm report".split()
)
INNER = frozenset(
    "of the de da do dos del della di la le les el los las al ad an ar as ash at az ed er es et ez und and "
    "bin ibn bou abu umm ud ul sur sous en upon by st".split()
)  # lower-case words inside names
ARTICLES = frozenset("al el ad an ar as ash at az ed er es ez ul".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady president minister premier chancellor king queen prince "
    "princess sheikh sheik imam ayatollah pope bishop archbishop father sister brother general gen colonel "
    "col captain capt major maj lieutenant lt sergeant sgt admiral adm commander corporal private senator sen "
    "representative rep governor gov secretary ambassador envoy spokesman spokeswoman judge justice mullah "
    "emir sultan chief director chairman officer deputy mayor reverend rev saint marshal doctor congressman".split()
)
PEOPLED = frozenset({"PERSON"})
PLACED = frozenset({"GPE", "LOC", "FAC"})
# what stands behind a place in the name of a public body ("Aleppo Police"), and of a paper ("Kyiv Post")
BODIES = frozenset(
    "police court government council department office fire administration authority authorities health "
    "parliament assembly army command ministry chamber division committee commission electric water civil "
    "municipal superior military media defence defense people's".split()
)
PAPERS = frozenset(
    "times post press news independent observer tribune herald guardian telegraph star journal daily today "
    "mirror sun chronicle gazette globe tv radio united city fc party movement league alliance coalition "
    "observatory network foundation institute group front battalion battalions brigade brigades convention "
    "protocol accord accords agreement workers process declaration initiative festival cup open prize award "
    "awards games".split()
)
GOVERNING = frozenset(
    "government regime army military police force troop soldier navy official authority minister ministry "
    "president premier leader king envoy ambassador diplomat delegation embassy parliament spokesman "
    "spokeswoman warplane jet".split()
)
FUNCTION = frozenset({"DT", "IN", "PRP", "PRP$", "CC", "WP", "WDT", "WRB", "MD", "TO", "EX"})
# Ordinary words and common names of people that some town bears too; only strong grammar makes one of them a place
ORDINARY = frozenset(
    "mon tue tues wed thu thurs fri sat sun liberation revolution unity progress concord union league bishop "
    "lake santa independence federal free far garden care law liga main mount upper lower monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec i we he she they you it the "
    "this that these those a an and but or if when while after before since for from with many most some all "
    "few several both as at by in on of to no not yes god lord allah christ jesus army police press liberty "
    "freedom justice democracy republic congress parliament senate house council court state government "
    "opposition front party force forces security national international united nations general special prime "
    "foreign defence defense interior media news agency post times daily observer tribune herald guardian "
    "telegraph star mirror independent journal reuters christmas easter ramadan eid islam muslim christian "
    "jewish sunni shia shiite alawite kurd kurdish arab druze west east north south western eastern northern "
    "southern central war peace victory hope best good great grand new old young black white red green blue "
    "brown gold silver long short king queen prince major minor university college school church mosque "
    "center centre bank street avenue park bridge river sea mountain valley island airport hospital hotel "
    "market square city town village section article chapter page read more watch video photo image file "
    "share click here english french german spanish russian chinese male female man woman men women child "
    "children people officer soldier commander president minister secretary spokesman according also however "
    "meanwhile moreover thus therefore then there where what who why how only just even still yet never "
    "always often today tomorrow yesterday between during under over about against among without within "
    "across behind beyond near inside outside other another each every much such same own first second third "
    "last next one two three four five six seven eight nine ten hundred source note update breaking opinion "
    "analysis editor editorial reporter copyright rights reserved sources reports report mission operation "
    "resolution agreement treaty accord summit conference day night week month year rose grace faith mary "
    "martin victoria jordan charlotte florence sidney sydney austin carter clinton lincoln jackson madison "
    "nelson wilson johnson taylor thompson smith jones davis miller moore clark lewis walker hall allen scott "
    "adams baker campbell mitchell roberts phillips evans edwards collins stewart morris murphy cook rogers "
    "bell bailey cooper richardson cox ward peterson gray james watson brooks kelly sanders price bennett "
    "wood barnes ross henderson coleman jenkins perry powell patterson hughes washington butler simmons "
    "foster gonzales bryant alexander russell griffin hayes myers ford hamilton graham sullivan wallace woods "
    "cole owens reynolds fisher ellis harrison gibson cruz marshall ortiz gomez murray freeman wells webb "
    "simpson stevens tucker porter hunter hicks crawford henry boyd mason kennedy warren dixon ramos reed "
    "burns gordon shaw holmes rice robertson hunt daniels palmer mills nichols grant knight ferguson stone "
    "hawkins dunn perkins hudson spencer gardner payne pierce berry matthews arnold wagner willis ray watkins "
    "olson carroll duncan snyder hart cunningham bradley lane andrews ruiz harper fox riley armstrong "
    "carpenter weaver greene lawrence elliott chavez sims peters kelley franklin lawson david daniel paul "
    "peter john mark luke thomas simon joseph george charles robert william richard edward frank albert ahmad "
    "mohamad mohammad hasan hussain husayn fatima khaled bashar samir karim nasser salman faisal tariq jamal "
    "malik ahmed mohammed muhammad mohamed ali hassan hussein omar ibrahim khalid abdullah mustafa mahmoud "
    "yusuf saleh salim".split()
) - {"sydney", "washington", "jordan", "florence", "lincoln", "austin", "alexander"}

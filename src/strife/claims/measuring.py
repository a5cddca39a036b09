"""What a number measures: deaths, injuries, detained, displaced, fighters, participants, weapons, money or states.

The words nearest to the number decide: what is said of those counted ("30 wounded"), the verb they suffer ("killed 12
people"), what they do ("12,000 fled"), the list or toll they belong to, and last the noun alone ("2,000 soldiers").
"""

from __future__ import annotations

from collections.abc import Mapping

from strife.codebook.measures import Measures, MeasureWords
from strife.language.analysis import Analysis, Token, ancestors, child, subtree
from strife.mentions.counted import tally
from strife.mentions.mention import QuantityMention
from strife.records import Measure

CASUALTIES: tuple[Measure, ...] = ("deaths", "injuries", "detained", "displaced")
HARM: tuple[Measure, ...] = ("deaths", "injuries")
COUNTABLE: tuple[Measure, ...] = (*CASUALTIES, "participants", "fighters", "weapons", "states", "money")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
TOLD = ("report", "fear", "believe", "confirm", "presume", "say", "know", "think", "find", "leave", "be", "have", "get")
REACH = 5  # words between those counted and what is said of them, where the parser lost the link
JOINS = frozenset({",", "and", "or", "plus", "as", "well", "&", "another", "a", "an", "further"})


def phrase_head(quantity: QuantityMention) -> Token:
    """The head of the phrase that number and noun make together: "thousands of people" -> thousands."""
    counted = quantity.counted
    if counted is None or counted not in ancestors(quantity.head):
        return quantity.head
    return counted


def measure_of(
    quantity: QuantityMention, within: Measure | None, triggers: Mapping[int, str], analysis: Analysis, book: Measures
) -> Measure:
    """The measure of a quantity; `within` is that of the figure it is a part of ("including 3 women")."""
    noun = quantity.counted
    if quantity.share:
        return "other"
    if quantity.unit is not None:
        return _by_unit(quantity, book)
    if noun is not None and (strong := _strong(noun, book)) is not None:
        return strong
    if noun is None or is_somebody(noun, book):
        told = _suffering(quantity, analysis, book) or _from_event(quantity, triggers) or _done(quantity, book)
        told = told or _by_toll(quantity, book) or within
        if told is not None:
            return told
    elif not _is_thing(noun, book):
        harm = None if noun.head.lemma in book.of_things else _suffering(quantity, analysis, book)
        if harm in CASUALTIES:
            return harm
        if within is not None and noun.lemma not in book.by_measure["weapons"].nouns:
            return within
    return _by_noun(noun, book)


def is_somebody(noun: Token, book: Measures) -> bool:
    """Whether a noun names people: "civilians", "Syrians", also "the death toll" and the like."""
    if noun.lemma in book.persons or noun.lemma in book.tallies or noun.tag == "NNPS":
        return True
    return noun.lower.endswith(("men", "women", "people", "children"))


def _is_thing(noun: Token, book: Measures) -> bool:
    return noun.lemma in book.concrete or noun.lemma in book.trivial


def _by_unit(quantity: QuantityMention, book: Measures) -> Measure:
    for codes in (book.symbols, book.currencies, book.currencies_of):
        if quantity.unit in codes.values():
            return "money"
    noun = quantity.counted
    return "weapons" if noun is not None and noun.lemma in book.by_measure["weapons"].strong else "other"


def _by_noun(noun: Token | None, book: Measures) -> Measure:
    if noun is None:
        return "other"
    if noun.lemma in book.by_measure["weapons"].nouns:  # "mortar rounds", "explosive devices"; not "rounds of talks"
        armed = any(one.lemma in book.by_measure["weapons"].strong for one in subtree(noun) if one is not noun)
        return "weapons" if armed else "other"
    return next((name for name, words in book.by_measure.items() if noun.lemma in words.nouns), "other")


def _strong(noun: Token, book: Measures) -> Measure | None:
    """The measure of a noun that tells by itself; a "death toll" tells by the word before it."""
    if noun.lemma in book.tallies:
        words_of = [one for one in noun.children if one.dep in ("compound", "amod", "nmod")]
        words_of.extend(two for one in noun.children if one.lower == "of" for two in one.children if two.dep == "pobj")
        for word in [noun, *words_of]:
            for name in CASUALTIES:
                words = book.by_measure[name]
                if word.lemma in words.strong | words.states | words.acts:
                    return name
        return "deaths" if noun.lemma == "toll" else None
    for name, words in book.by_measure.items():
        if noun.lemma in words.strong or noun.lower in words.strong:
            dead = name in ("injuries", "detained", "displaced", "participants") and _suffered(noun, book) == "deaths"
            return "deaths" if dead else name
    return None


def _suffering(quantity: QuantityMention, analysis: Analysis, book: Measures) -> Measure | None:
    return (
        _said_of(quantity, book)
        or _suffered(phrase_head(quantity), book)
        or _among(phrase_head(quantity), book)
        or _beside(quantity, analysis, book)
    )


def _state(word: Token, book: Measures) -> Measure | None:
    """What a participle or adjective tells: "killed", "wounded", "captured", "homeless"."""
    if word.pos == "VERB" and child(word, "dobj") is not None:
        return None  # "43 soldiers wounded a boy"
    return next((name for name in CASUALTIES if word.lower in book.by_measure[name].states), None)


def _said_of(quantity: QuantityMention, book: Measures) -> Measure | None:
    """What is said of those counted: "43 people killed", "left 12 dead", "20 captured"."""
    noun, top = quantity.counted or quantity.head, phrase_head(quantity)
    near = [one for one in (*noun.children, *quantity.head.children) if one.dep in ("acl", "amod", "relcl", "acomp")]
    near.extend(one for one in top.head.children if one.dep in ("oprd", "acomp") and one.i > top.i)
    if top.dep in ("nsubj", "nsubjpass") and top.head.pos in ("ADJ", "VERB"):
        near.append(top.head)
    return next((measure for word in near if (measure := _state(word, book)) is not None), None)


def role_head(token: Token) -> Token:
    """The first of the coordinated phrases that the token's phrase belongs to."""
    while token.dep in ("conj", "appos") and token.head is not token and token.head.pos in NOMINAL:
        token = token.head
    return token


def _suffered(token: Token, book: Measures) -> Measure | None:
    """The measure of the verb or noun of action whose object (passive subject, "of" phrase) a phrase is."""
    top = role_head(token)
    verb = top.head
    if top.dep == "pobj":
        return _acted(verb, book)
    passive = top.dep == "nsubjpass" or (top.dep == "nsubj" and verb.tag == "VBN" and child(verb, "aux") is None)
    if not passive and top.dep not in ("dobj", "npadvmod", "oprd", "dative"):
        return None
    for name, words in book.by_measure.items():
        if _phrased(verb, words):
            return name
    told = next((name for name, words in book.by_measure.items() if verb.lemma in words.verbs), None)
    return "other" if told in HARM and _mixed(verb, book) else told


def _mixed(verb: Token, book: Measures) -> bool:
    """ "killed or wounded 43": neither the dead nor the wounded by themselves."""
    others = [one for one in verb.children if one.dep == "conj" and child(one, "dobj") is None]
    if verb.dep == "conj" and child(verb.head, "dobj", "nsubjpass") is None:
        others.append(verb.head)
    both = book.by_measure["deaths"].verbs, book.by_measure["injuries"].verbs
    mine = verb.lemma in both[0]
    return any(one.lemma in both[mine] and child(one, "nsubjpass", "nsubj") is None for one in others)


def _phrased(verb: Token, words: MeasureWords) -> bool:
    """Whether a verb stands with the further words of one of the measure's phrases below it: "take … hostage"."""
    phrases = [phrase for phrase in words.phrases if phrase[0] == verb.lemma]
    if not phrases:
        return False
    below = [one for one in verb.children if one.dep not in ("nsubj", "conj")]
    near = {two.lemma for one in below for two in (one, *one.children)}
    return any(near.issuperset(phrase[1:]) for phrase in phrases)


def _acted(preposition: Token, book: Measures) -> Measure | None:
    """ "the killing of 43", "claimed the lives of 43"."""
    noun = preposition.head
    if preposition.lower != "of" or noun.pos not in ("NOUN", "VERB"):
        return None
    for name, words in book.by_measure.items():
        if noun.lemma in words.acts or (noun.head.lemma, noun.lemma) in words.phrases:
            return name
    return None


def _among(top: Token, book: Measures) -> Measure | None:
    """ "six civilians were among 22 people killed", "those killed include 14 children"."""
    top = role_head(top)
    whole = None
    if top.dep in ("nsubj", "attr") and top.head.lemma == "be":
        among = next((one for one in top.head.children if one.lower in ("among", "amongst")), None)
        whole = child(among, "pobj") if among is not None else None
    elif top.dep == "dobj" and top.head.lemma in ("include", "comprise"):
        whole = child(top.head, "nsubj")
    if whole is None:
        return None
    words = (whole, *whole.children)
    told = (_state(word, book) for word in words if word is whole or word.dep in ("acl", "amod"))
    return next((measure for measure in told if measure is not None), None)


def _beside(quantity: QuantityMention, analysis: Analysis, book: Measures) -> Measure | None:
    """What stands right before or after, where the parser lost the link: "killed 1102 people said the group"."""
    tokens = analysis.tokens
    at = quantity.first.i - 1
    at -= at > 0 and tokens[at].lower in ("another", "the", "some", "all")
    before = tokens[at] if at >= 0 and tokens[at].sentence == quantity.head.sentence else None
    if before is not None and before.pos == "VERB" and not any(one.dep == "auxpass" for one in before.children):
        told = next((name for name in CASUALTIES if before.lemma in book.by_measure[name].verbs), None)
        if told is not None and before.lemma not in book.of_things:
            return told
    at = max(quantity.last.i, quantity.counted.i if quantity.counted else 0) + 1
    for word in tokens[at : at + REACH]:
        if word.sentence != quantity.head.sentence:
            return None
        if (state := _state(word, book)) is not None:
            after = tokens[word.i + 1] if word.i + 1 < len(tokens) else word
            return None if after.pos in ("NUM", "DET", "NOUN", "PROPN", "PRON") and word.pos == "VERB" else state
        if word.pos not in ("AUX", "ADV", "PART") and word.lemma not in (*TOLD, "among", "the"):
            return None
    return None


def _done(quantity: QuantityMention, book: Measures) -> Measure | None:
    """The measure of what those counted do: "43 died", "5,000 marched", "12,000 fled", "the 20,000 who fled"."""
    top = role_head(phrase_head(quantity))
    noun = quantity.counted or quantity.head
    clauses = [one for one in noun.children if one.dep in ("relcl", "acl") and one.pos == "VERB"]
    if top.dep in ("nsubj", "nsubjpass"):
        clauses.insert(0, top.head)
        clauses.extend(one for one in top.head.children if one.dep == "xcomp" and top.head.lemma in TOLD)
    fighters = book.by_measure["fighters"].nouns
    for verb in clauses:
        for name, words in book.by_measure.items():
            suffers = verb.lemma in words.verbs and verb is not top.head and child(verb, "nsubjpass") is not None
            if (verb.lemma in words.does or _phrased(verb, words) or suffers) and not (
                name in ("displaced", "participants") and noun.lemma in fighters
            ):
                return name
    return None


def _from_event(quantity: QuantityMention, triggers: Mapping[int, str]) -> Measure | None:
    """What the event counts whose object, passive subject or "of" phrase the quantity is."""
    top = role_head(phrase_head(quantity))
    place = top.head.i
    if top.dep == "pobj":
        place = top.head.head.i if top.head.lower == "of" else -1
    elif top.dep not in ("dobj", "nsubjpass", "npadvmod"):
        return None
    counts = triggers.get(place, "")
    return next((name for name in COUNTABLE if counts == name), None)


def _by_toll(quantity: QuantityMention, book: Measures) -> Measure | None:
    """ "the death toll reached 112 people"."""
    noun = tally(phrase_head(quantity), book)
    return _strong(noun, book) if noun is not None else None


def continues(quantity: QuantityMention, last: QuantityMention, analysis: Analysis) -> bool:
    """Whether a quantity goes on with the list that another ends: "1,733 children, 969 women and 3,110 men"."""
    end = max(last.last.i, last.counted.i if last.counted is not None else 0)
    between = analysis.tokens[end + 1 : quantity.first.i]
    if quantity.head.sentence != last.head.sentence or quantity.first.i <= end:
        return False
    words = [token.lower for token in between]
    if all(word in JOINS for word in words) or words == ["with"]:
        return True
    same = last.counted is not None and quantity.counted is not None and last.counted.lemma == quantity.counted.lemma
    joined = words[-3:] == ["as", "well", "as"] or words[-2:] == ["along", "with"] or (same and words[-1] == "and")
    return joined and phrase_head(quantity).dep not in ("nsubj", "nsubjpass")

"""Subjects that swallowed what stood before them when a comma was lost: "In Kenya Minister Osei met", "Speaking from
Lagos lawyer Bello said"."""

from __future__ import annotations

from collections.abc import Callable

from strife.language.analysis import Token

Hang = Callable[[Token, Token, str], None]
DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december
    """.split()
)
LANDS = {"GPE", "LOC", "FAC"}
TITLES = {"minister", "president", "secretary", "general", "ambassador", "senator", "premier", "chancellor", "colonel"}
SAID = {"say", "add", "tell", "report", "announce", "state", "note", "claim", "confirm", "warn", "explain", "indicate"}


def apart_from_subject(subject: Token, tokens: list[Token], hang: Hang) -> None:
    """Give back to the preposition or the verb the place or the day that the parser took into the subject."""
    ahead = _ahead(subject, tokens)
    if not ahead:
        return
    first = ahead[0]
    before = tokens[first.i - tokens[0].i - 1] if first.i > tokens[0].i else None
    if before is not None and before.lower in ("in", "at", "near") and before.dep == "prep" and not before.children:
        title = next((index for index, one in enumerate(ahead) if one.lower in TITLES), 0)
        place = ahead[:title] or _lands(ahead, subject)
        if place:
            _regroup(place, before, "pobj", hang)
            return
    day = next((one for one in ahead[:2] if one.lower in DATES and one.text[:1].isupper()), None)
    if day is None or any(one.lower in ("the", "a", "an", "this", "that") for one in subject.children):
        return
    number = before if before is not None and before.tag == "CD" and before.dep == "pobj" and day is first else None
    if number is not None:
        prep = number.head
        hang(day, prep, "pobj")
        hang(number, day, "nummod")
    elif day is first or first.lower in ("last", "next", "early", "late"):
        _regroup(ahead[: ahead.index(day) + 1], subject.head, "npadvmod", hang)


def speaker_out_of_place(given: Token, tokens: list[Token], hang: Hang) -> None:
    """Give a verb of saying that has no subject the name that stands right before it, hung on a participle's preposition."""
    prep, start = given.head, tokens[0].i
    following = tokens[given.i - start + 1] if given.i - start + 1 < len(tokens) else None
    clause = prep.head
    if following is None or following.lemma not in SAID or following.pos != "VERB" or given.pos != "PROPN":
        return
    if clause.tag != "VBG" or clause.head is not following or prep.dep != "prep":
        return
    if any(one.dep in ("nsubj", "nsubjpass", "auxpass") for one in following.children):
        return
    ahead = _ahead(given, tokens)
    own = _name(ahead, given)
    rest = [one for one in ahead if one not in own]
    hang(given, following, "nsubj")
    if clause.dep == "csubj":
        clause.dep = "advcl"
    if rest:
        _regroup(rest, prep, "pobj", hang)


def attribution(comma: Token, tokens: list[Token], hang: Hang) -> None:
    """Hang "the agency said", before which a comma was put back, beside the main verb, whatever the parser made of it."""
    place = comma.i - tokens[0].i
    following = tokens[place + 1 : place + 12]
    verb = next((one for one in following if one.pos == "VERB" and one.lemma in SAID), None)
    if verb is None:
        return
    speaker = tokens[place + 1 : verb.i - tokens[0].i]
    top = next((one for one in speaker if one.head not in speaker and one.pos in ("NOUN", "PROPN", "PRON")), None)
    main = verb
    while main.head is not main and main.head.i < comma.i or main.head is not main and main is verb:
        main = main.head
    if top is None:
        return
    if main is not verb and main.pos in ("VERB", "AUX") and main.i < comma.i:
        hang(verb, main, "parataxis")
    if top.head is not verb or top.dep != "nsubj":
        hang(top, verb, "nsubj")


def _ahead(noun: Token, tokens: list[Token]) -> list[Token]:
    """The words before a noun that modify it or each other, in text order."""
    found: list[Token] = []
    index = noun.i - tokens[0].i - 1
    while index >= 0 and tokens[index].dep in ("compound", "amod", "nmod") and tokens[index].head in (noun, *found):
        found.append(tokens[index])
        index -= 1
    return found[::-1]


def _name(ahead: list[Token], last: Token) -> list[Token]:
    """The words of a person's name and calling that end in `last`."""
    own: list[Token] = []
    for one in reversed(ahead):
        calling = one.pos == "NOUN" and one.text[:1].islower()
        if not (calling or not own or one.ent == last.ent == "PERSON"):
            break
        own.append(one)
    return own


def _lands(ahead: list[Token], subject: Token) -> list[Token]:
    """The names of places at the beginning of a phrase, where others follow or a person is its head."""
    found: list[Token] = []
    for one in ahead:
        if one.ent not in LANDS:
            break
        found.append(one)
    return found if len(found) < len(ahead) or subject.ent == "PERSON" else []


def _regroup(words: list[Token], head: Token, dep: str, hang: Hang) -> None:
    """Make a phrase of these words, its last one the head, and hang it."""
    last = words[-1]
    hang(last, head, dep)
    if last.pos != "PROPN":
        last.pos, last.tag = "PROPN", "NNP"
    for one in words[:-1]:
        if one.head not in words:
            hang(one, last, one.dep)

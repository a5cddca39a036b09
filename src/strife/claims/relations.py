"""Relations: who supports, opposes, fights or leads whom: verbs, participles, nouns, "-backed" words, deeds of war."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import cast

from strife.claims import struggle
from strife.claims.draft import EventDraft, RelationDraft
from strife.claims.evidence import evidence_of
from strife.claims.sides import (
    NOMINAL,
    acts,
    doers,
    hyphened,
    identity,
    is_side,
    objects_behind,
    parties_of,
    takes_side,
)
from strife.claims.stage import Stage, voices_of
from strife.codebook.words import load_words
from strife.language.analysis import Token, child, conjuncts
from strife.language.grammar import is_passive, is_predicate
from strife.language.slots import verb_slots
from strife.records import Party, Predicate

Pair = tuple[Predicate, Party, Party]
WAR = {"REB", "UAF", "IMG", "MIL", "PRM"}
KIN = frozenset(
    "ally allies partner partners backers friends neighbours neighbors supporters".split()
)  # tell nobody apart
EFFORTS = frozenset(
    "attempt bid drive plan determination commitment resolve coalition ability capacity capability".split()
)
GIVING = frozenset(
    "provide give offer extend lend pledge express reiterate reaffirm voice declare continue maintain increase "
    "send show promise announce withdraw throw supply".split()
)


def find_relations(stage: Stage, events: Sequence[EventDraft] = ()) -> list[RelationDraft]:
    """One draft for each pair of parties that a word or a deed of war relates, once in a sentence, in text order."""
    drafts: list[RelationDraft] = []
    seen: set[tuple[object, ...]] = set()
    deeds = {event.anchor.i: event for event in events}
    for token in stage.analysis.tokens:
        for predicate, subject, object_ in _all_pairs(stage, token, deeds.get(token.i)):
            keys = _keys(stage, token, predicate, subject, object_)
            if token.i in deeds and predicate == "fights":  # an officer and his soldiers are one foe
                keys.append((token.sentence, *(one.id or (one.country, one.sectors) for one in (subject, object_))))
            if _same(stage, subject, object_) or seen & set(keys):
                continue
            seen.update(keys)
            drafts.append(_draft(stage, token, predicate, subject, object_))
    return drafts


def _keys(stage: Stage, token: Token, predicate: str, subject: Party, object_: Party) -> list[tuple[object, ...]]:
    """What makes two relations of a sentence one: the words of both parties, or who they are, either way round."""
    one, other = identity(stage, subject), identity(stage, object_)
    if predicate in ("allied_with", "fights"):
        one, other = sorted((one, other))
    return [(predicate, subject.start, object_.start), (token.sentence, predicate, one, other)]


def _same(stage: Stage, subject: Party, object_: Party) -> bool:
    """Whether both are one party."""
    return subject.start == object_.start or identity(stage, subject) == identity(stage, object_)


def _draft(stage: Stage, token: Token, predicate: Predicate, subject: Party, object_: Party) -> RelationDraft:
    found = stage.framing.work_out(token)
    return RelationDraft(
        anchor=token,
        found=found,
        evidence=(evidence_of(stage.analysis, token),),
        voices=voices_of(stage, found),
        when=stage.scene.time_of(token),
        rule=f"relation:{predicate}",
        predicate=predicate,
        subject=subject,
        object=object_,
    )


def _all_pairs(stage: Stage, token: Token, deed: EventDraft | None) -> Iterator[Pair]:
    for predicate, subject, object_ in _pairs(stage, token):
        if predicate == "allied_with" and not (_can_ally(subject) and _can_ally(object_)):
            continue
        if predicate in ("fights", "leads", "part_of") or (
            takes_side(subject) and is_side(object_) and not _unnamed_kin(object_)
        ):
            yield predicate, subject, object_
    if deed is not None:
        for one, other in struggle.by_event(deed):
            yield "fights", one, other


def _can_ally(party: Party) -> bool:
    return acts(party) or bool({"IGO", "PTY"} & set(party.sectors))


def _unnamed_kin(party: Party) -> bool:
    return party.id is None and party.quote.lower().split()[-1] in KIN


def _pairs(stage: Stage, token: Token) -> Iterator[Pair]:
    if token.pos == "VERB" or (token.pos == "AUX" and token.lemma == "be"):
        yield from _by_verb(stage, token)
    if token.pos in ("VERB", "ADJ"):
        yield from _by_suffix(stage, token)
    if token.pos in ("NOUN", "PROPN") or token.dep in NOMINAL:
        yield from _by_noun(stage, token)
        for one, other in struggle.by_noun(stage, token):
            yield "fights", one, other
    elif token.pos == "ADJ":
        yield from _by_adjective(stage, token)
    for one, other in struggle.by_prefix(stage, token):
        yield "fights", one, other
    if token.lower == "pro" and (found := struggle.prefixed(stage, token)) is not None:
        yield from _cross(
            "supports", [one for one in parties_of(stage, [found[0]], owners=False) if acts(one)], [found[1]]
        )


def _cross(label: str, subjects: list[Party], objects: list[Party]) -> Iterator[Pair]:
    for subject, object_ in product(subjects, objects):
        yield cast(Predicate, label), subject, object_


# --- verbs ------------------------------------------------------------------------------------------------------
def _by_verb(stage: Stage, verb: Token) -> Iterator[Pair]:
    words = load_words("relations")["verbs"]
    slots = verb_slots(verb)
    subjects = _subjects(stage, verb, slots)
    if not subjects:
        return
    yield from _alongside(stage, verb, subjects)
    label = words.get(verb.lemma)
    if label and "object" in slots:  # leading "NATO operations" is not leading NATO
        yield from _told(
            verb, label, subjects, parties_of(stage, slots["object"], owners=label not in ("leads", "part_of"))
        )
    particles = [one.lower for one in verb.children if one.dep in ("prt", "dobj", "advmod") and one.i - verb.i <= 3]
    beside = any(one.lower in ("alongside", "side", "beside", "together") for one in verb.children)
    if "against" not in slots and f"{verb.lemma} against" in words:
        slots = _with_against(slots)
    for name, tokens in slots.items():
        keys = [f"{verb.lemma} {name}", *(f"{verb.lemma} {one} {name}" for one in particles)]
        label = next((found for key in keys if (found := words.get(key))), None)
        if verb.lemma == "fight" and name == "with" and beside:
            label = "supports"
        if label:
            yield from _told(verb, label, subjects, parties_of(stage, tokens), name)


def _with_against(slots: dict[str, list[Token]]) -> dict[str, list[Token]]:
    """The slots, with those against whom the object is turned: "used jets and artillery against X"."""
    objects = [each for token in slots.get("object", []) for each in conjuncts(token)]
    given = [one for each in objects for one in objects_behind(each, "against")]
    return {**slots, "against": given} if given else slots


def _subjects(stage: Stage, verb: Token, slots: dict[str, list[Token]]) -> list[Party]:
    """Who does it; before an infinitive on a noun ("its campaign to defeat X") whoever the noun tells."""
    noun = _aim(stage, verb)
    if noun is not None and (bearers := parties_of(stage, [noun], owners=False) or doers(stage, noun)):
        return bearers
    found = parties_of(stage, slots.get("subject", []), owners=False)
    if (
        verb.dep == "advcl"
        and verb.tag == "VB"
        and verb.head.lemma in load_words("relations")["backing"]
        and is_predicate(verb.head)
    ):
        found = (
            parties_of(stage, verb_slots(verb.head).get("object", []), owners=False) + found
        )  # "support X to defeat Y"
    return found or [
        party for token in slots.get("subject", []) if token.pos == "NOUN" for party in doers(stage, token)
    ]


def _aim(stage: Stage, verb: Token) -> Token | None:
    """The noun whose aim an infinitive tells: the one it hangs on, or the effort named right before it."""
    if verb.dep == "conj" and verb.head.tag == "VB" and not any(one.dep in ("nsubj", "aux") for one in verb.children):
        return _aim(stage, verb.head)
    if verb.tag != "VB" or is_passive(verb) or verb.dep not in ("acl", "advcl", "xcomp"):
        return None
    first = next((one for one in verb.children if one.tag == "TO"), None)
    if first is None or first.i == 0:
        return None
    before = stage.analysis.tokens[first.i - 1]
    if before.pos == "NOUN" and (before.lemma in load_words("relations")["struggles"] or before.lemma in EFFORTS):
        return before
    return verb.head if verb.dep == "acl" else None


def _told(verb: Token, label: str, subjects: list[Party], objects: list[Party], name: str = "object") -> Iterator[Pair]:
    """The pairs of a verb, less those whose parties cannot stand so to one another."""
    if label == "fights":
        soft = load_words("relations")["soft"].get(verb.lemma) is not None and name == "object"
        if soft and any(one.dep == "xcomp" for one in verb.children):
            return
        foes = [one for one in objects if not soft or WAR & set(one.sectors)]
        plain = verb.lemma in ("fight", "battle", "combat", "defeat", "wage")
        pairs = struggle.hostile(subjects, foes)
        yield from (("fights", one, other) for one, other in pairs if plain or struggle.at_arms(one, other))
    elif label == "leads":
        led = [one for one in objects if one.quote.lower().split()[-1] not in load_words("relations")["not_led"]]
        yield from _cross(
            label,
            subjects,
            [one for one in led if acts(one) and not one.country or {*WAR, "IGO", "PTY"} & set(one.sectors)],
        )
    elif label == "part_of":
        yield from _cross(
            label,
            [one for one in subjects if takes_side(one)],
            [one for one in objects if {*WAR, "IGO"} & set(one.sectors)],
        )
    else:
        yield from _cross(label, subjects, objects)


def _alongside(stage: Stage, verb: Token, subjects: list[Party]) -> Iterator[Pair]:
    """ "advanced alongside Y", "together with Y", "in partnership with Y", "with the help of Y", "in support of Y"."""
    words = load_words("relations")
    for prep in verb.children:
        given = child(prep, "pobj")
        if prep.dep == "advmod" and prep.lower in ("together", "jointly", "alongside") and verb.lemma in words["joint"]:
            behind = next((one for one in prep.children if one.dep == "prep" and one.lower == "with"), prep)
            given = child(behind, "pobj")
            yield from _cross(
                "allied_with",
                subjects,
                [one for one in parties_of(stage, [given] if given else [], owners=False) if acts(one)],
            )
        elif prep.dep != "prep" or given is None:
            continue
        elif _jointly(prep) and verb.lemma in words["joint"] and f"{verb.lemma} {prep.lower}" not in words["verbs"]:
            yield from _cross(
                "allied_with", subjects, [one for one in parties_of(stage, [given], owners=False) if acts(one)]
            )
        elif prep.lower in ("with", "in") and (label := words["with_nouns"].get(given.lemma)):
            yield from _helped(stage, given, label, prep.lower, subjects)


def _jointly(prep: Token) -> bool:
    """Whether a preposition makes an act a joint one: "alongside X", "together with X"."""
    together = any(one.lower in ("together", "jointly", "along") for one in prep.children)
    return prep.lower == "alongside" or (prep.lower == "with" and together)


def _helped(stage: Stage, noun: Token, label: str, through: str, subjects: list[Party]) -> Iterator[Pair]:
    if label == "allied_with":
        yield from _cross(
            label, subjects, [one for one in parties_of(stage, objects_behind(noun, "with"), owners=False) if acts(one)]
        )
    elif through == "with":
        owners = [one for one in noun.children if one.dep in ("poss", "amod", "compound")]
        helpers = parties_of(stage, [*objects_behind(noun, "of", "from", "by"), *owners], owners=False)
        yield from _cross(label, [one for one in helpers if acts(one)], [one for one in subjects if acts(one)])


# --- modifiers --------------------------------------------------------------------------------------------------
def _by_suffix(stage: Stage, token: Token) -> Iterator[Pair]:
    """ "Russian-backed separatists", "the US-led coalition", "militants linked to X"."""
    table = load_words("relations")
    label = table["suffixes"].get(token.lower)
    tokens = stage.analysis.tokens
    if label and token.dep in ("amod", "compound", "nmod") and token.i > 1 and tokens[token.i - 1].text == "-":
        yield from _cross(label, hyphened(stage, tokens[token.i - 2]), stage.cast.parties(token.head, owners=False))
    if token.dep in ("acl", "relcl", "advcl") and is_passive(token):
        for one in token.children:
            if one.dep in ("prep", "agent"):
                label = table["participles"].get(f"{token.lower} {one.lower}")
                given = child(one, "pobj")
                if label and label not in ("supports", "leads") and given is not None and token.dep != "advcl":
                    yield from _cross(label, stage.cast.parties(token.head, owners=False), parties_of(stage, [given]))


# --- nouns ------------------------------------------------------------------------------------------------------
def _by_noun(stage: Stage, noun: Token) -> Iterator[Pair]:
    """ "Chad, the militia's sworn enemy", "Iran is an ally of Syria", "Russia's support for the army"."""
    table = load_words("relations")
    label = table["nouns"].get(noun.lemma)
    owners = [one for one in noun.children if one.dep == "poss"]
    if noun.lemma in table["backing_nouns"]:
        yield from _backing(stage, noun, table["backing_nouns"][noun.lemma], owners)
    if not label or (label == "leads" and any(one.dep == "amod" for one in noun.children)):
        return
    of = [
        given
        for one in noun.children
        if one.dep == "prep" and one.lower in ("of", "to", "with") and (given := child(one, "pobj"))
    ]
    modifiers = [one for one in noun.children if one.dep in ("amod", "compound", "nmod")] if label != "part_of" else []
    objects = parties_of(stage, owners or of or modifiers)
    if label == "leads":
        objects = [one for one in objects if one.id and WAR & set(one.sectors)]
    if objects:
        bearers = [party for token in _bearers(noun) for party in stage.cast.parties(token, owners=False)]
        yield from _cross(label, bearers, [one for one in objects if label != "part_of" or _can_ally(one)])


def _backing(stage: Stage, noun: Token, label: str, owners: list[Token]) -> Iterator[Pair]:
    """ "X's support for Y", "gave its backing to Y", "in support of Y"."""
    through = noun.head.lower if noun.dep == "pobj" else ""
    words = ("for", "to", "of") if through in ("in", "of") or owners else ("for", "to")
    backed = parties_of(stage, objects_behind(noun, *words), owners=False)
    if not backed or through == "with" or (noun.dep == "dobj" and not owners and noun.head.lemma not in GIVING):
        return
    if noun.dep == "dobj" and noun.head.lemma in GIVING and not owners:
        backers = parties_of(stage, verb_slots(noun.head).get("subject", []), owners=False)
    else:
        backers = doers(stage, noun)
    yield from _cross(label, backers, backed)


def _bearers(noun: Token) -> list[Token]:
    """Who bears a noun: the other side of an apposition or of "be", or the noun that a compound stands before."""
    found = [one for one in noun.children if one.dep == "appos"]
    if noun.dep == "appos":
        found.append(noun.head)
    if noun.dep == "attr" and is_predicate(noun.head):
        subject = child(noun.head, "nsubj")
        found += conjuncts(subject) if subject is not None else []
    if noun.dep == "pobj" and noun.head.lower == "as" and is_predicate(noun.head.head):
        found += verb_slots(noun.head.head).get("object", [])
    if noun.dep == "compound":
        found.append(noun.head)
    return found


def _by_adjective(stage: Stage, adjective: Token) -> Iterator[Pair]:
    for one in adjective.children:
        label = (
            load_words("relations")["adjectives"].get(f"{adjective.lower} {one.lower}") if one.dep == "prep" else None
        )
        given = child(one, "pobj")
        if label and given is not None:
            bearer = adjective.head if adjective.dep in ("amod", "acl", "relcl") else child(adjective.head, "nsubj")
            if bearer is not None:
                yield from _cross(label, stage.cast.parties(bearer, owners=False), parties_of(stage, [given]))

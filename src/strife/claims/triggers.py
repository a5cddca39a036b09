"""Which words of a text name an event: the codebook's patterns matched on the tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strife.claims.cast import PARTITIVE
from strife.claims.incidents import tells_incident, with_means
from strife.claims.modality import classes_of
from strife.codebook.cues import load_cues
from strife.codebook.frames import EventFrame, EventLexicon, Kind, Pattern
from strife.language.analysis import Analysis, Token, child, conjuncts
from strife.language.grammar import verb_slots

MATERIAL = {"ASSAULT", "COERCE"}
ABSTRACT = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ance",
    "ence",
    "ship",
    "hood",
    "cy",
    "tude",
    "dom",
    "ure",
    "age",
    "al",
)
CONCRETE = frozenset(
    """
    hospital capital ship installation station government regiment detachment encampment settlement village city
    facility community contingent delegation apartment monument parliament ambulance territory population
    warship battleship general marshal admiral official criminal journal garage cottage vessel animal equipment
    ammunition embassy plantation organisation organization university department garrison structure vehicle
    """.split()
)
PERSONS = {
    "soldier",
    "civilian",
    "journalist",
    "fighter",
    "leader",
    "official",
    "people",
    "protester",
    "prisoner",
    "suspect",
}
EVERYDAY = frozenset(  # verbs with so many senses that only listed objects tell the one meant
    """
    take fire hold hit strike cut break move get give put send leave lift drop raise open close run turn beat
    push lose win fall pull clear block catch bring lay set cover strip grab secure find discover recover gain
    carry shoot return release free deliver provide offer stop end remove seal shut storm kill lock hand pass
    charge try hang sink rob drive throw lead bar freeze cross enter make keep have do see meet call face suffer
    withhold suspend deny restrict limit occupy control search check watch question arm train build fund pay
    feed house treat sell buy
    """.split()
)
IMMATERIAL = frozenset(
    """
    attention heart mind mood ball goal game match prize medal record market price share vote vow chance
    opportunity moment time day year spotlight headline imagination eye hand head breath nerve chord balance
    bargain deal pose tone note film photo picture scene video footage look glance question answer point idea
    plan hope fear doubt way road path course step stage lead title seat deadline target budget rate cost tax
    debt loan bill law rule story news word song dance truth essence spirit soul sense meaning thing lot fact
    use aim cause case issue problem work job chemistry drum rumour rumor speculation critic dream myth
    stereotype flight gas air water light clock habit fever drought storm flood heat cold cancer disease virus
    odds rival-team
    """.split()
)
SPEECH = {
    "THREATEN",
    "REQUEST",
    "AGREE",
    "REJECT",
    "ACCUSE",
    "CONCEDE",
    "RETREAT",
}  # acts whose content is a claim of its own
WIDE = 6  # words: the longest stretch shown as one trigger
Kinds = Callable[[Token], set[Kind]]
NOT_INSIDE = {"conj", "punct", "advcl", "relcl", "ccomp", "cc", "mark", "aux", "parataxis", "nsubj"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that name an event, their head, and the frame they name."""

    head: Token
    tokens: tuple[Token, ...]
    frame: EventFrame
    noun: bool

    @property
    def first(self) -> Token:
        """The first word."""
        return min(self.tokens, key=lambda one: one.i)

    @property
    def last(self) -> Token:
        """The last word."""
        return max(self.tokens, key=lambda one: one.i)

    def words(self, analysis: Analysis) -> tuple[Token, Token]:
        """The words to show, first and last: the head and what the frame asks for beside it, no further verb, no wide gap."""
        first = last = self.head
        for token in sorted(self.tokens, key=lambda one: abs(one.i - self.head.i)):
            between = analysis.tokens[min(token.i, last.i) : max(token.i, first.i) + 1]
            verbs = sum(one.pos == "VERB" for one in between)
            if verbs <= (self.head.pos == "VERB") and len(between) <= WIDE:
                first, last = min(first, token, key=_place), max(last, token, key=_place)
        return first, last


def _place(token: Token) -> int:
    return token.i


def find_triggers(analysis: Analysis, lexicon: EventLexicon, kinds: Kinds, taken: set[int]) -> list[Trigger]:
    """The triggers of a text in text order; a word serves one trigger, verbs of several words come first.

    `taken` are tokens inside names, which are no events ("the Battle of …" stays, "Army of Conquest" does not)."""
    found: list[Trigger] = []
    used: set[int] = set()
    spoken: dict[int, str] = {}  # words that a speech act's frame asks for, which may be its content
    for token in analysis.tokens:
        if token.pos == "VERB" and token.i not in taken and token.dep not in ("aux", "auxpass", "amod", "compound"):
            trigger = _verb(token, lexicon, kinds)
            if trigger is not None and tells_incident(trigger, kinds):
                found.append(trigger)
                speech = trigger.frame.type in SPEECH or "fails" in classes_of(token, load_cues().objects)
                used.update(one.i for one in trigger.tokens if not speech or one is token)
                spoken.update({one.i: trigger.frame.type for one in trigger.tokens if speech})
    for token in analysis.tokens:
        if token.i not in used and token.i not in taken and _nominal(token):
            trigger = _noun(analysis, token, lexicon)
            if (
                trigger is not None
                and not used & {one.i for one in trigger.tokens}
                and spoken.get(token.i) != trigger.frame.type
                and tells_incident(trigger, kinds)
            ):
                found.append(trigger)
                used.update(one.i for one in trigger.tokens)
    return with_means(sorted(found, key=lambda one: one.head.i))


def _nominal(token: Token) -> bool:
    if token.pos not in ("NOUN", "PROPN", "VERB") or token.dep in ("aux", "auxpass"):
        return False
    if token.pos == "VERB" and not (
        token.tag == "VBG" and token.dep in ("pobj", "dobj", "nsubj", "compound", "conj", "nsubjpass")
    ):
        return False
    return not (
        token.dep in ("compound", "nmod", "amod")
        and token.head.pos in ("NOUN", "PROPN", "ADJ")
        and token.head.i > token.i
    )


def _verb(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
    for pattern in lexicon.verbs.get(token.lemma, ()):
        words = _match(pattern, token)
        if words is not None and _within_limits(pattern.frame, token, words, kinds):
            return Trigger(token, tuple(words), pattern.frame, noun=False)
    return _by_armed(token, lexicon, kinds) or _by_unknown(token, lexicon, kinds)


def _by_armed(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
    """What armed parties seize, sink or bomb need not be on any list: their subject tells the sense of the verb."""
    slots = verb_slots(token)
    if "object" not in slots and token.lemma in (
        "shoot",
        "fire",
        "attack",
        "strike",
        "shell",
        "bomb",
        "retaliate",
        "storm",
    ):
        slots["object"] = []
    if "object" not in slots or not any("armed" in kinds(one) for one in slots.get("subject", [])):
        return None
    objects = _lemmas(slots["object"])
    for pattern in lexicon.verbs.get(token.lemma, ()):
        frame = pattern.frame
        plain = (
            len(pattern.words) == 1 and not frame.object_words and not frame.subject_words and frame.object != ("none",)
        )
        if plain and frame.type in ("ASSAULT", "COERCE") and not objects & set(frame.not_object_words):
            return Trigger(token, (token,), frame, noun=False)
    return None


def _by_unknown(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
    """Limits on kinds of things must not reject what no list knows: a concrete noun of unknown kind will do as an object,
    beside a subject that could act; lists of words and abstract nouns still reject."""
    slots = verb_slots(token)
    objects = [one for given in slots.get("object", []) for one in conjuncts(given)]
    if not objects or any(abstract(one) for one in objects) or not _can_act(token, slots.get("subject", []), kinds):
        return None
    for pattern in lexicon.verbs.get(token.lemma, ()):
        frame = pattern.frame
        listed = frame.subject_words or "none" in frame.object or (frame.object_words and token.lemma in EVERYDAY)
        if (
            frame.type not in MATERIAL
            or len(pattern.words) > 1
            or listed
            or _lemmas(objects) & set(frame.not_object_words)
        ):
            continue
        if _of_persons(frame) and not any("person" in kinds(one) for one in objects):
            continue
        if not (frame.not_words and _around(token, [token]) & set(frame.not_words)):
            return Trigger(token, (token,), frame, noun=False)
    return None


def _can_act(token: Token, subjects: list[Token], kinds: Kinds) -> bool:
    """Whether a verb's subject is somebody, or a true passive leaves it out."""
    if not subjects:
        return any(one.dep in ("auxpass", "nsubjpass") for one in token.children) or token.dep in (
            "acl",
            "xcomp",
            "pcomp",
            "advcl",
            "conj",
        )
    return any({"party", "person"} & kinds(one) or one.pos in ("PROPN", "PRON") for one in subjects)


def _of_persons(frame: EventFrame) -> bool:
    """Whether a frame is about people alone: captives, the arrested, the beaten."""
    return frame.object == ("person",) or bool(PERSONS & set(frame.object_words))


def abstract(token: Token) -> bool:
    """Whether a noun's form tells that it names no body or thing: "attention", "silence", "progress"."""
    word = token.lemma
    if token.pos not in ("NOUN", "PROPN", "PRON") or token.ent in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"):
        return True
    return token.pos == "NOUN" and (word.endswith(ABSTRACT) or word in IMMATERIAL) and word not in CONCRETE


def _match(pattern: Pattern, token: Token) -> list[Token] | None:
    """The tokens of a verb pattern: each further word hangs on one that was matched before."""
    matched = [token]
    for word in pattern.words[1:]:
        following = next((one for one in _hanging(matched) if one.lemma in word or one.lower in word), None)
        if following is None:
            return None
        matched.append(following)
    return matched


def _hanging(matched: list[Token]) -> list[Token]:
    """What hangs on the matched words, nearest to the last one first; coordinated objects included."""
    found: list[Token] = []
    for token in reversed(matched):
        for one in token.children:
            if one.dep not in NOT_INSIDE and one not in matched and not _dated(one):
                found.append(one)
                if one.dep in ("dobj", "nsubjpass"):  # "canisters of gas were dropped"
                    found.extend(
                        given
                        for prep in one.children
                        if prep.lower == "of" and (given := child(prep, "pobj")) is not None
                    )
                    found.extend(
                        prep for prep in one.children if prep.lower == "of"
                    )  # "accused the chief of atrocities", hung too low
                if one.dep in ("dobj", "pobj", "nsubjpass"):
                    found.extend(other for other in conjuncts(one)[1:] if other not in matched)
    return found


def _dated(token: Token) -> bool:
    """A preposition before a time ("called on Tuesday") belongs to no pattern."""
    given = child(token, "pobj") if token.dep == "prep" else None
    return given is not None and given.ent in ("DATE", "TIME")


def _within_limits(frame: EventFrame, token: Token, words: list[Token], kinds: Kinds) -> bool:
    if not (
        frame.object_words
        or frame.subject_words
        or frame.not_object_words
        or frame.object
        or frame.subject
        or frame.not_words
    ):
        return True
    slots = verb_slots(token)
    objects = [one for given in slots.get("object", []) for one in conjuncts(given)]
    lemmas = {one.lemma for one in objects} | {one.lower for one in objects} | _some_of(objects)
    if frame.object_words and not lemmas & set(frame.object_words):
        return False
    if frame.subject_words and not _lemmas(slots.get("subject", [])) & set(frame.subject_words):
        return False
    if frame.not_object_words and lemmas & set(frame.not_object_words):
        return False
    if frame.object and not _fits(frame.object, objects, kinds):
        return False
    if frame.subject and slots.get("subject") and not _fits(frame.subject, slots.get("subject", []), kinds):
        return False
    return not (frame.not_words and _around(token, words) & set(frame.not_words))


def _some_of(objects: list[Token]) -> set[str]:
    """What is counted in "some of its troops", "thousands of soldiers"."""
    return {
        given.lemma
        for one in objects
        if one.lemma in PARTITIVE or one.pos in ("NUM", "DET", "PRON")
        for prep in one.children
        if prep.lower == "of" and (given := child(prep, "pobj")) is not None
    }


def _lemmas(tokens: list[Token]) -> set[str]:
    """The head lemmas of coordinated phrases, and what they are some "of"."""
    found: set[str] = set()
    for token in (one for given in tokens for one in conjuncts(given)):
        found.add(token.lemma)
        found |= {
            given.lemma for prep in token.children if prep.lower == "of" and (given := child(prep, "pobj")) is not None
        }
    return found


def _fits(wanted: tuple[Kind, ...], tokens: list[Token], kinds: Kinds) -> bool:
    if not tokens:
        return "none" in wanted or "any" in wanted
    if "none" in wanted and len(wanted) == 1:
        return False
    return "any" in wanted or any(set(wanted) & kinds(one) for one in tokens)


def _around(token: Token, words: list[Token]) -> set[str]:
    """The lemmas that modify the matched words or stand behind "of", "on", "for", "in" there."""
    found: set[str] = set()
    for word in words:
        for one in word.children:
            if one.dep in ("amod", "compound", "nmod", "advmod", "poss", "dobj", "nummod", "prt"):
                found |= {one.lemma, one.lower}
            if one.dep == "prep" and (given := child(one, "pobj", "pcomp")) is not None:
                found |= {given.lemma, given.lower}
    return found


def _match_noun(analysis: Analysis, token: Token, pattern: Pattern) -> list[Token] | None:
    """The tokens of a noun pattern: what stands before the head word by word, what follows wherever it hangs on the head."""
    first = token.i - pattern.head
    before = analysis.tokens[max(0, first) : token.i]
    if first < 0 or (before and before[0].sentence != token.sentence):
        return None
    if not all(
        one.lemma in word or one.lower in word for one, word in zip(before, pattern.words[: pattern.head], strict=True)
    ):
        return None
    matched = [token]
    for word in pattern.words[pattern.head + 1 :]:
        following = next(
            (one for one in _hanging(matched) if one.i > token.i and (one.lemma in word or one.lower in word)), None
        )
        following = following or _next_to(analysis, matched[-1], word)
        if following is None:
            return None
        matched.append(following)
    return [*before, *matched]


def _next_to(analysis: Analysis, token: Token, word: frozenset[str]) -> Token | None:
    """The very next word, hyphens included, where the pattern asks for it ("air-to-air")."""
    following = analysis.tokens[token.i + 1] if token.i + 1 < len(analysis.tokens) else None
    return following if following is not None and (following.lemma in word or following.lower in word) else None


def _generic(token: Token) -> bool:
    """A bare singular behind a preposition names no event: "from resistance to attack", "a means of attack"."""
    bare = all(one.dep in ("punct", "cc", "conj") for one in token.children)
    return (
        bare
        and token.tag == "NN"
        and token.dep == "pobj"
        and token.head.lower in ("to", "from", "of", "for", "as", "into", "on")
    )


def _noun(analysis: Analysis, token: Token, lexicon: EventLexicon) -> Trigger | None:
    patterns = [*lexicon.nouns.get(token.lemma, ())]
    if token.lower != token.lemma:
        patterns += lexicon.nouns.get(token.lower, ())
    if _generic(token):
        return None
    for pattern in sorted(patterns, key=lambda one: one.weight):
        words = _match_noun(analysis, token, pattern)
        if words is not None:
            if not (pattern.frame.not_words and _around(token, words) & set(pattern.frame.not_words)):
                return Trigger(token, tuple(words), pattern.frame, noun=True)
    return None

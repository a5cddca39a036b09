"""Verbs whose object no frame's limits list: the subject and the form of the object tell the sense."""

from __future__ import annotations

from strife.claims.limits import MUST_ACT, head_lemmas, modifiers
from strife.claims.trigger import VIOLENT, Kinds, Trigger
from strife.codebook.frames import EventFrame, EventLexicon
from strife.language.analysis import Token, conjuncts
from strife.language.slots import verb_slots

ABSTRACT = tuple(
    """
    tion sion ment ness ity ism ance ence ship hood cy tude dom ure age al
    """.split()
)
CONCRETE = frozenset(
    """
    hospital capital ship installation station government regiment detachment encampment settlement village city
    facility community contingent delegation apartment monument parliament ambulance territory population
    warship battleship general marshal admiral official criminal journal garage cottage vessel animal equipment
    ammunition embassy plantation organisation organization university department garrison structure vehicle
    """.split()
)
PERSONS = frozenset(
    """
    soldier civilian journalist fighter leader official people protester prisoner suspect
    """.split()
)
EVERYDAY = frozenset(  # verbs with so many senses that only listed objects tell the one meant
    """
    take fire hold hit strike cut break move get give put send leave lift drop raise open close run turn beat
    push lose win fall pull clear block catch bring lay set cover strip grab secure find discover recover gain
    carry shoot return release free deliver provide offer stop end remove seal shut storm kill lock hand pass
    charge try hang sink rob drive throw lead bar freeze cross enter make keep have do see meet call face suffer
    withhold suspend deny restrict limit occupy control search check watch question arm train build fund pay
    feed house treat sell buy trap
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
    odds rival-team order orders instruction part advantage care refuge note root
    """.split()
)


def by_armed(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
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
    objects = head_lemmas(slots["object"])
    for pattern in lexicon.verbs.get(token.lemma, ()):
        frame = pattern.frame
        plain = (
            len(pattern.words) == 1 and not frame.object_words and not frame.subject_words and frame.object != ("none",)
        ) and not MUST_ACT & set(frame.subject)
        if (
            plain
            and frame.type in VIOLENT
            and not objects & set(frame.not_object_words)
            and not head_lemmas(slots["subject"]) & set(frame.not_subject_words)
            and not _people(frame, slots, kinds)
        ):
            return Trigger(token, (token,), frame, noun=False)
    return None


def _people(frame: EventFrame, slots: dict[str, list[Token]], kinds: Kinds) -> bool:
    """Whether a frame about places is asked of people: "recovered victims" takes back no town."""
    return frame.object == ("place",) and any("person" in kinds(one) for one in slots["object"])


def by_unknown(token: Token, lexicon: EventLexicon, kinds: Kinds) -> Trigger | None:
    """Limits on kinds of things must not reject what no list knows: a concrete noun of unknown kind will do as an object,
    beside a subject that could act; lists of words and abstract nouns still reject."""
    slots = verb_slots(token)
    objects = [one for given in slots.get("object", []) for one in conjuncts(given)]
    if not objects or any(abstract(one) for one in objects) or not _can_act(token, slots.get("subject", []), kinds):
        return None
    for pattern in lexicon.verbs.get(token.lemma, ()):
        frame = pattern.frame
        listed = (
            frame.subject_words
            or "irregular" in frame.subject
            or "none" in frame.object
            or (frame.object_words and token.lemma in EVERYDAY)
        )
        if (
            frame.type not in VIOLENT
            or len(pattern.words) > 1
            or listed
            or head_lemmas(objects) & set(frame.not_object_words)
            or head_lemmas(slots.get("subject", [])) & set(frame.not_subject_words)
        ):
            continue
        if _of_persons(frame) and not any("person" in kinds(one) for one in objects) or _people(frame, slots, kinds):
            continue
        if not (frame.not_words and modifiers([token]) & set(frame.not_words)):
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

"""Whose voice tells a word: reporting verbs and nouns above it, "according to" and inserted clauses beside it."""

from __future__ import annotations

from strife.claims.modality import Found, apart, classes_of, governing_preposition
from strife.claims.speaker import SAYING, SPEECH_ACTS, Speaker, Speakers, deep_subject
from strife.codebook.cues import Cues, load_cues
from strife.language.analysis import Token, child, conjuncts
from strife.language.grammar import has_to, is_passive, is_predicate

WISHES = {"want", "prefer", "like"}
PRETEXTS = {"pretext", "guise", "pretence", "pretense", "ground", "excuse"}
TELLINGS = frozenset(
    """
    account telling word view opinion estimate reckoning version judgement judgment
    """.split()
)
MUTE = frozenset(  # what stands before a lost comma or a headline's verb but never speaks
    """
    bomb rocket shell missile blast explosion strike airstrike attack raid battle clash fighting hundred
    thousand dozen score day week month year war violence offensive siege district road
    """.split()
)
DEEDS = {"responsibility", "credit", "involvement", "role"}
REPORTS = frozenset(
    """
    claim report statement accusation allegation assertion charge testimony account warning announcement denial
    prediction call demand threat declaration promise pledge vow belief
    """.split()
)


def voice_at(token: Token, found: Found, cues: Cues, speakers: Speakers, *, flows: bool = True) -> None:
    """Note the voice that the arc above this token, or a phrase beside it, tells; the innermost stays.

    Above what is taken for given (`flows` is false) only plain reporting counts: "vowed to punish those who killed" is no claim."""
    if found.voices:
        return
    beside = _beside(token, cues)
    reports = flows or (token.dep in ("ccomp", "parataxis") and "says" in classes_of(token.head, cues.verbs))
    speaker = beside or (_above(token, cues) if reports else None)
    if speaker is None or not speaker.tokens:
        return
    if not all(_may_speak(one, speakers) for one in speaker.tokens):
        return
    first_person = speaker.tokens[0].lower in ("i", "we", "us", "me")
    quoted = speakers.of(speaker.tokens[0].i) if first_person else None
    found.voices = quoted.tokens if quoted is not None else speaker.tokens
    found.voice_cue = speaker.cue


def _may_speak(token: Token, speakers: Speakers) -> bool:
    """A first person outside quotation marks is the author; "it", "this" and the like are nobody."""
    if token.lower in ("i", "we", "you", "us", "me"):
        return speakers.of(token.i) is not None
    if any(one.lower == "no" for one in token.children) or token.lower in (
        "nobody",
        "none",
        "no-one",
        "everyone",
        "everybody",
    ):
        return False
    return (
        token.lower not in ("this", "that", "these", "there", "which", "what", "one")
        and token.pos != "VERB"
        and token.lemma not in MUTE
    )


def _above(token: Token, cues: Cues) -> Speaker | None:
    """The subject of a verb of saying that governs the token, or the owner of a noun of saying."""
    head, dep = token.head, token.dep
    if head is token or apart(token, head) or token.lemma in DEEDS:
        return None
    prep = governing_preposition(token, head) if has_to(token) and dep in ("xcomp", "advcl", "ccomp") else ""
    if prep and classes_of(head, cues.verbs, prep) & SAYING:
        return Speaker(deep_subject(head), head)
    if dep in ("ccomp", "xcomp", "parataxis", "dep") and is_predicate(head):
        return _subject(head, cues, clause=dep != "xcomp", token=token)
    if dep in ("dobj", "nsubjpass"):
        return _object_of(head, cues, direct=dep == "dobj")
    if dep in ("pobj", "pcomp"):
        return _behind(head, cues, clause=dep == "pcomp")
    if dep == "acl" and token.tag == "VBN" and (told := _found_so(head, cues)) is not None:
        return told
    return _on_noun(head, cues) if dep == "acl" else None


def _found_so(noun: Token, cues: Cues) -> Speaker | None:
    """Who reports that somebody was "found dead", "killed", "wounded": "reported hundreds of villagers killed"."""
    if noun.dep == "pobj" and noun.head.lower == "of":
        noun = noun.head.head
    verb = noun.head
    says = noun.dep == "dobj" and is_predicate(verb) and "says" in classes_of(verb, cues.objects)
    return Speaker(deep_subject(verb), verb) if says else None


def _object_of(verb: Token, cues: Cues, *, direct: bool) -> Speaker | None:
    """Who says of a noun that it is so: "Russia reported an attack", "threatened an attack"."""
    if direct and verb.lemma in SPEECH_ACTS - {"agree", "decide", "hope"}:
        return Speaker(deep_subject(verb), verb)
    classes = classes_of(verb, cues.objects) if is_predicate(verb) else frozenset()
    says = classes & {"says", "denies", "demands", "expects", "supposes"} and "succeeds" not in classes
    return Speaker(deep_subject(verb), verb) if says or verb.lemma == "cite" else None


def _behind(prep: Token, cues: Cues, *, clause: bool) -> Speaker | None:
    """Who says what stands behind a preposition: "accused of", "called for", "under the pretext of", "a report of"."""
    governor = prep.head
    if prep.lower == "for" and governor.lemma in DEEDS:
        return None  # who denies or claims responsibility does not deny the deed
    if is_predicate(governor) and classes_of(governor, cues.verbs if clause else cues.objects, prep.lower) & SAYING:
        return Speaker(deep_subject(governor), governor)
    if prep.lower == "of" and governor.lemma in PRETEXTS and governor.dep == "pobj":
        verb = governor.head.head
        while verb.dep in ("advcl", "xcomp") and is_predicate(verb.head):
            verb = verb.head
        return Speaker(deep_subject(verb), governor) if is_predicate(verb) else None
    noun = prep.lower in ("of", "about", "that", "for") and governor.pos in ("NOUN", "PROPN")
    return _owner(governor) if noun else None


def _on_noun(noun: Token, cues: Cues) -> Speaker | None:
    """Who says the clause on a noun: "the army's claim that", "said in a statement that", "a statement by X admitting"."""
    prep = noun.head
    if noun.dep == "pobj" and prep.lower in ("by", "from") and prep.head.lemma in REPORTS:
        return _owner(prep.head)
    if noun.dep == "pobj" and noun.lemma in REPORTS and prep.lower in ("in", "to", "with"):
        if is_predicate(prep.head) and classes_of(prep.head, cues.verbs) & SAYING:
            return Speaker(deep_subject(prep.head), prep.head)
    return _owner(noun) if noun.pos in ("NOUN", "PROPN") else None


def _subject(verb: Token, cues: Cues, *, clause: bool, token: Token) -> Speaker | None:
    """The subject of a verb of saying or, before an infinitive, of demanding or promising."""
    classes = classes_of(verb, cues.verbs)
    if (
        clause
        and not classes & SAYING - {"asks"}
        and any(c.lower in ("why", "how", "when", "where", "who", "what") for c in token.children)
    ):
        return None  # "want to know why the police arrested them" takes the arrest for given
    if clause and verb.lemma in WISHES and has_to(token):
        return Speaker(deep_subject(verb), verb)
    if clause and classes & SAYING or clause and verb.lemma in SPEECH_ACTS:
        return Speaker(deep_subject(verb), verb)
    if not clause and (
        "demands" in classes
        and not is_passive(verb)
        or verb.lemma in SPEECH_ACTS - {"agree", "decide", "hope"}
        and has_to(token)
    ):
        if "succeeds" not in classes:
            return Speaker(deep_subject(verb), verb)
    if not clause and "expects" in classes and not is_passive(verb):
        return Speaker(deep_subject(verb), verb)
    direct = not clause and not has_to(token) and classes & {"denies", "says"}
    return Speaker(deep_subject(verb), verb) if direct else None


def _owner(noun: Token) -> Speaker | None:
    """Whose claim, report or statement it is; of a claim that is denied, who denies it."""
    if noun.lemma not in REPORTS and not load_cues().nouns.get(noun.lemma, frozenset()) & {
        "says",
        "denies",
        "demands",
        "expects",
    }:
        return None
    if noun.dep in ("dobj", "nsubjpass") and "denies" in classes_of(noun.head, load_cues().objects):
        return Speaker(deep_subject(noun.head), noun.head)
    for one in noun.children:
        if one.dep == "poss":
            return Speaker(conjuncts(one), noun)
        if one.dep in ("prep", "agent") and one.lower in ("by", "from", "of"):
            given = child(one, "pobj")
            if given is not None and one.lower != "of":
                return Speaker(conjuncts(given), noun)
        if one.dep in ("amod", "compound") and one.text[:1].isupper():
            return Speaker([one], noun)
    return None


def _beside(token: Token, cues: Cues) -> Speaker | None:
    """ "according to X", "as X said", "X said" in commas, beside a predicate."""
    if not is_predicate(token) and token.head is not token:
        return None
    for one in token.children:
        if one.lower == "according" or (one.dep == "prep" and one.lower == "per"):
            to = child(one, "prep", "pobj")
            given = child(to, "pobj") if to is not None and to.dep == "prep" else to
            if given is not None:
                return Speaker(conjuncts(given), one)
        if (
            one.dep == "prep"
            and one.lower in ("by", "in")
            and (told := child(one, "pobj")) is not None
            and told.lemma in TELLINGS
        ):
            of = next(
                (given for c in told.children if c.lower == "of" and (given := child(c, "pobj")) is not None),
                child(told, "poss"),
            )
            if of is not None:
                return Speaker(conjuncts(of), told)
        if one.dep in ("advcl", "parataxis", "ccomp") and one.pos == "VERB" and _inserted(one, token, cues):
            return Speaker(deep_subject(one), one)
    return None


def _inserted(verb: Token, main: Token, cues: Cues) -> bool:
    """ "…, as activists said" or "…, activists said" hanging on the clause it reports."""
    if "says" not in classes_of(verb, cues.verbs) or any(
        one.dep in ("ccomp", "xcomp", "dobj") for one in verb.children
    ):
        return False
    return any(one.lower == "as" for one in verb.children) or verb.dep in ("parataxis", "ccomp") and main is not verb

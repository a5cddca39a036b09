"""Who says it: reporting verbs and nouns, "according to", and the speakers of quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strife.claims.modality import Found, apart, classes_of, governing_preposition
from strife.codebook.cues import Cues, load_cues
from strife.language.analysis import Analysis, Quotation, Sentence, Token, child, conjuncts, edges, subtree
from strife.language.grammar import has_to, is_passive, is_predicate, surface_subject, verb_slots

if TYPE_CHECKING:
    from strife.claims.framing import Framing

SAYING = {"says", "denies", "supposes", "expects", "demands", "asks"}
SPEECH_ACTS = {"threaten", "vow", "pledge", "promise", "swear", "offer", "propose", "hope", "agree", "decide"}
PRETEXTS = {"pretext", "guise", "pretence", "pretense", "ground", "excuse"}
OBJECTS = {"dobj", "ccomp", "xcomp", "attr"}
TELLINGS = {
    "account",
    "telling",
    "word",
    "view",
    "opinion",
    "estimate",
    "reckoning",
    "version",
    "judgement",
    "judgment",
}
MUTE = frozenset(  # what stands before a lost comma or a headline's verb but never speaks
    """
    bomb rocket shell missile blast explosion strike airstrike attack raid battle clash fighting hundred
    thousand dozen score day week month year war violence offensive siege district road
    """.split()
)
SOURCES = frozenset(
    """
    activist agency television tv radio group observatory official police source resident witness monitor media
    army ministry spokesman spokeswoman doctor medic network organisation organization newspaper statement
    military opposition campaigner rescuer minister commander lawyer
    """.split()
)
DEEDS = {"responsibility", "credit", "involvement", "role"}
REPORTS = frozenset(
    """
    claim report statement accusation allegation assertion charge testimony account warning announcement denial
    prediction call demand threat declaration promise pledge vow belief
    """.split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words: the heads of the speakers' noun phrases, and the word that tells."""

    tokens: list[Token]
    cue: Token | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """The speaker of each quotation, looked up by token index, and those named at the very end of a sentence."""

    spans: tuple[tuple[Quotation, Speaker], ...]
    trailing: dict[int, tuple[int, Speaker]]  # sentence -> (where the attribution begins, who)
    leading: dict[int, tuple[int, Speaker]]  # sentence -> (where the attribution ends, who)

    def behind(self, token: Token) -> Speaker | None:
        """Who is named at the end of the word's sentence as having said all of it."""
        start, speaker = self.trailing.get(token.sentence, (0, None))
        end, leader = self.leading.get(token.sentence, (0, None))
        return speaker if token.i < start else leader if leader is not None and token.i > end else None

    def of(self, index: int) -> Speaker | None:
        """Who speaks the word at this index, if it is quoted and the speaker is known."""
        return next((speaker for quotation, speaker in self.spans if quotation.first <= index <= quotation.last), None)


def voice_at(token: Token, found: Found, framing: Framing, *, flows: bool = True) -> None:
    """Note the voice that the arc above this token, or a phrase beside it, tells; the innermost stays.

    Above what is taken for given (`flows` is false) only plain reporting counts: "vowed to punish those who killed" is no claim."""
    if found.voices:
        return
    beside = _beside(token, framing.cues)
    reports = flows or (token.dep in ("ccomp", "parataxis") and "says" in classes_of(token.head, framing.cues.verbs))
    speaker = beside or (_above(token, framing.cues) if reports else None)
    if speaker is None or not speaker.tokens:
        return
    if not all(_may_speak(one, framing) for one in speaker.tokens):
        return
    first_person = speaker.tokens[0].lower in ("i", "we", "us", "me")
    quoted = framing.speakers.of(speaker.tokens[0].i) if first_person else None
    found.voices = quoted.tokens if quoted is not None else speaker.tokens
    found.voice_cue = speaker.cue


def _may_speak(token: Token, framing: Framing) -> bool:
    """A first person outside quotation marks is the author; "it", "this" and the like are nobody."""
    if token.lower in ("i", "we", "you", "us", "me"):
        return framing.speakers.of(token.i) is not None
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
        return Speaker(_deep_subject(head), head)
    if dep in ("ccomp", "xcomp", "parataxis", "dep") and is_predicate(head):
        return _subject(head, cues, clause=dep != "xcomp", token=token)
    if dep in ("dobj", "nsubjpass"):
        return _object_of(head, cues, direct=dep == "dobj")
    if dep in ("pobj", "pcomp"):
        return _behind(head, cues, clause=dep == "pcomp")
    return _on_noun(head, cues) if dep == "acl" else None


def _object_of(verb: Token, cues: Cues, *, direct: bool) -> Speaker | None:
    """Who says of a noun that it is so: "Russia reported an attack", "threatened an attack"."""
    if direct and verb.lemma in SPEECH_ACTS - {"agree", "decide", "hope"}:
        return Speaker(_deep_subject(verb), verb)
    classes = classes_of(verb, cues.objects) if is_predicate(verb) else frozenset()
    says = classes & {"says", "denies", "demands", "expects", "supposes"} and "succeeds" not in classes
    return Speaker(_deep_subject(verb), verb) if says or verb.lemma == "cite" else None


def _behind(prep: Token, cues: Cues, *, clause: bool) -> Speaker | None:
    """Who says what stands behind a preposition: "accused of", "called for", "under the pretext of", "a report of"."""
    governor = prep.head
    if prep.lower == "for" and governor.lemma in DEEDS:
        return None  # who denies or claims responsibility does not deny the deed
    if is_predicate(governor) and classes_of(governor, cues.verbs if clause else cues.objects, prep.lower) & SAYING:
        return Speaker(_deep_subject(governor), governor)
    if prep.lower == "of" and governor.lemma in PRETEXTS and governor.dep == "pobj":
        verb = governor.head.head
        while verb.dep in ("advcl", "xcomp") and is_predicate(verb.head):
            verb = verb.head
        return Speaker(_deep_subject(verb), governor) if is_predicate(verb) else None
    noun = prep.lower in ("of", "about", "that", "for") and governor.pos in ("NOUN", "PROPN")
    return _owner(governor) if noun else None


def _on_noun(noun: Token, cues: Cues) -> Speaker | None:
    """Who says the clause on a noun: "the army's claim that", "said in a statement that", "a statement by X admitting"."""
    prep = noun.head
    if noun.dep == "pobj" and prep.lower in ("by", "from") and prep.head.lemma in REPORTS:
        return _owner(prep.head)
    if noun.dep == "pobj" and noun.lemma in REPORTS and prep.lower in ("in", "to", "with"):
        if is_predicate(prep.head) and classes_of(prep.head, cues.verbs) & SAYING:
            return Speaker(_deep_subject(prep.head), prep.head)
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
    if clause and classes & SAYING or clause and verb.lemma in SPEECH_ACTS:
        return Speaker(_deep_subject(verb), verb)
    if not clause and (
        "demands" in classes
        and not is_passive(verb)
        or verb.lemma in SPEECH_ACTS - {"agree", "decide", "hope"}
        and has_to(token)
    ):
        if "succeeds" not in classes:
            return Speaker(_deep_subject(verb), verb)
    if not clause and "expects" in classes and not is_passive(verb):
        return Speaker(_deep_subject(verb), verb)
    return (
        Speaker(_deep_subject(verb), verb)
        if not clause and not has_to(token) and classes & {"denies", "says"}
        else None
    )


def _deep_subject(verb: Token) -> list[Token]:
    if is_passive(verb):
        return [one for given in verb_slots(verb).get("subject", []) for one in conjuncts(given)]
    subject = surface_subject(verb) or _inverted(verb)
    if subject is None:
        return []
    subject = _nearer(subject, verb)
    return conjuncts(subject) if subject.lower != "it" or _personal_it(verb) else []


def _nearer(subject: Token, verb: Token) -> Token:
    """The name right before the verb, which the parser, for want of a comma, has put beside what was told."""
    for one in subject.children:
        bare = one.dep == "appos" and any(c.dep == "det" for c in one.children) and edges(one)[1] == verb.i - 1
        if bare and not any(c.dep == "punct" and subject.i < c.i < one.i for c in (*subject.children, *one.children)):
            return one
    return subject


def _inverted(verb: Token) -> Token | None:
    """The speaker behind the verb, which the parser may take for its object: "… ," warned the leader."""
    given = child(verb, "dobj")
    fronted = any(one.dep == "ccomp" and one.i < verb.i for one in verb.children)
    return given if fronted and given is not None and given.i - verb.i <= 6 else None


def _personal_it(verb: Token) -> bool:
    """ "it" is a speaker where the verb takes a that-clause actively ("It said …"), not in "it seems"."""
    subject = surface_subject(verb)
    return (
        subject is not None
        and subject.lower == "it"
        and subject.dep == "nsubj"
        and verb.lemma not in ("seem", "appear", "be", "look")
    )


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
        return Speaker(_deep_subject(noun.head), noun.head)
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
            return Speaker(_deep_subject(one), one)
    return None


def _inserted(verb: Token, main: Token, cues: Cues) -> bool:
    """ "…, as activists said" or "…, activists said" hanging on the clause it reports."""
    if "says" not in classes_of(verb, cues.verbs) or any(
        one.dep in ("ccomp", "xcomp", "dobj") for one in verb.children
    ):
        return False
    return any(one.lower == "as" for one in verb.children) or verb.dep in ("parataxis", "ccomp") and main is not verb


# --- quotations -------------------------------------------------------------------------------------------------
def find_speakers(analysis: Analysis, cues: Cues) -> Speakers:
    """Who speaks in each quotation: the verb of saying around it, else the speaker of the quotation just before it."""
    found: list[tuple[Quotation, Speaker]] = []
    for quotation in analysis.quotations:
        speaker = _around(analysis, quotation, cues)
        speaker = speaker or _beside_another(quotation, found, analysis)
        if speaker is None and found and _follows(analysis, found[-1][0], quotation):
            speaker = found[-1][1]
        if speaker is not None:
            found.append((quotation, speaker))
    return Speakers(tuple(found), dict(_trailing(analysis, cues)), dict(_leading(analysis)))


def _leading(analysis: Analysis) -> Iterator[tuple[int, tuple[int, Speaker]]]:
    """ "Minister: rebels shelled silos": a short noun phrase and a colon at the head of a sentence."""
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : min(sentence.first + 6, sentence.last)]
        colon = next((token for token in tokens if token.text == ":"), None)
        if (
            colon is None
            or colon.i == sentence.first
            or any(token.pos in ("VERB", "AUX") for token in tokens[: colon.i - sentence.first])
        ):
            continue
        head = analysis.tokens[colon.i - 1]
        if (
            head.pos in ("NOUN", "PROPN")
            and head.text[0].isalpha()
            and any(t.pos == "VERB" for t in analysis.tokens[colon.i : sentence.last + 1])
        ):
            yield sentence.index, (colon.i, Speaker([head], colon))


def _trailing(analysis: Analysis, cues: Cues) -> Iterator[tuple[int, tuple[int, Speaker]]]:
    """ "Shells hit the market residents said on Monday": where a comma is lost the parser hangs the attribution on a noun."""
    for sentence in analysis.sentences:
        for token in reversed(analysis.tokens[sentence.first : sentence.last + 1]):
            if token.pos != "VERB" or token.tag not in ("VBD", "VBZ", "VBP"):
                continue
            low, high = edges(token)
            subject = child(token, "nsubj")
            bare = subject is not None and subject.i < token.i and not any(one.dep in OBJECTS for one in token.children)
            ends = high >= sentence.last - 1 and low > sentence.first
            if (
                bare
                and ends
                and token.dep in ("relcl", "acl", "dep", "parataxis", "conj", "ccomp")
                and "says" in classes_of(token, cues.verbs)
            ):
                yield (
                    sentence.index,
                    (low, Speaker(conjuncts(subject), token)) if subject is not None else (0, Speaker([], None)),
                )
            break
        if (lost := _run_together(analysis, sentence, cues)) is not None:
            yield sentence.index, lost


def _run_together(analysis: Analysis, sentence: Sentence, cues: Cues) -> tuple[int, Speaker] | None:
    """ "… killed six people Syrian state television reported on Monday": a verb of saying whose subject the parser gave away."""
    for verb in reversed(analysis.tokens[sentence.first + 3 : sentence.last + 1]):
        if verb.tag not in ("VBD", "VBN", "VBZ") or verb.pos != "VERB":
            continue
        last = analysis.tokens[verb.i - 1]
        told = "says" in classes_of(verb, cues.verbs) and not any(
            one.dep in ("auxpass", "agent") for one in verb.children
        )
        if not told or any(one.dep in ("nsubj", *OBJECTS) and one.i > verb.i for one in verb.children):
            return None
        if last.ent in ("DATE", "TIME", "GPE", "CARDINAL") or last.pos != "PROPN" and last.lemma not in SOURCES:
            return None
        head = _spoken_for(last)
        low = edges(head)[0] if head.dep in ("appos", "conj", "nsubj") else head.i
        return low, Speaker([head], verb)
    return None


def _spoken_for(last: Token) -> Token:
    """The head of the name that ends in this word: "the Observatory for Human Rights"."""
    head = last
    while head.dep in ("compound", "pobj", "nmod", "amod") and head.head.i < head.i:
        above = head.head.head if head.dep == "pobj" and head.head.lower in ("for", "of") else head.head
        if head.dep == "pobj" and (above is head.head or above.pos != "PROPN"):
            break
        head = above
    return head


def _follows(analysis: Analysis, before: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation goes on where another ended: nothing but a few words stand between, and it is whole sentences."""
    first = analysis.tokens[quotation.first]
    starts = analysis.sentences[first.sentence]
    return (
        quotation.first - before.last < 14
        and quotation.first - starts.first <= 2
        and quotation.last - quotation.first > 3
    )


def _around(analysis: Analysis, quotation: Quotation, cues: Cues) -> Speaker | None:
    first, last = analysis.tokens[quotation.first].sentence, analysis.tokens[quotation.last].sentence
    best: tuple[int, Token] | None = None
    for number in dict.fromkeys((first, last)):
        sentence = analysis.sentences[number]
        for token in analysis.tokens[sentence.first : sentence.last + 1]:
            if quotation.first <= token.i <= quotation.last or token.pos != "VERB":
                continue
            if not classes_of(token, cues.verbs) & {"says", "denies", "demands"} and token.lemma not in SPEECH_ACTS:
                continue
            distance = quotation.first - token.i if token.i < quotation.first else token.i - quotation.last
            if (best is None or distance < best[0]) and distance < 25 and _deep_subject(token):
                best = (distance, token)
    if best is None and last + 1 < len(analysis.sentences):
        best = _in_next(analysis, quotation, last + 1, cues)
    if best is None:
        return _according(analysis, quotation)
    short = quotation.last - quotation.first < 2
    if short and best[0] > 6:
        return None
    return Speaker(_deep_subject(best[1]), best[1])


def _in_next(analysis: Analysis, quotation: Quotation, number: int, cues: Cues) -> tuple[int, Token] | None:
    """The verb of saying that the parser cut off behind "!" or "?": "Release them!" the crowd shouted."""
    sentence = analysis.sentences[number]
    first, root = analysis.tokens[sentence.first], sentence.root
    near = first.i - quotation.last <= 3 and first.text[:1].islower()
    says = "says" in classes_of(root, cues.verbs) and not any(one.dep in OBJECTS for one in root.children)
    return (root.i - quotation.last, root) if near and says and _deep_subject(root) else None


def _beside_another(quotation: Quotation, found: list[tuple[Quotation, Speaker]], analysis: Analysis) -> Speaker | None:
    """A second fragment in a sentence whose first one has a speaker is that speaker's too."""
    here = analysis.tokens[quotation.first].sentence
    return next((speaker for other, speaker in reversed(found) if analysis.tokens[other.first].sentence == here), None)


def _according(analysis: Analysis, quotation: Quotation) -> Speaker | None:
    sentence = analysis.sentences[analysis.tokens[quotation.first].sentence]
    for token in analysis.tokens[sentence.first : sentence.last + 1]:
        if token.lower == "according":
            given = next((one for one in subtree(token) if one.dep == "pobj"), None)
            if given is not None:
                return Speaker(conjuncts(given), token)
    return None

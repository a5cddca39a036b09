"""When events were that no time stands beside: the date of the sentence or of the tale around them, else of publication.

A date is handed on only where the tale plainly goes on: within a sentence, or to a simple past in the same paragraph.
What lies further back ("had fled", "who fought in …"), is to come or is only supposed gets nothing. The publication
date goes to what a report opens with, and to that only where its words hold no time at all; its basis says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import structs

from strife.claims.draft import ControlDraft, Draft, EventDraft
from strife.claims.events import WORDS
from strife.claims.evidence import clause_of
from strife.language.analysis import Analysis, Token, ancestors
from strife.records import Date
from strife.resolve.dateline import dateline_date, publication_day

Tense = Literal["past", "perfect", "pluperfect", "present"]
REACH = 2  # sentences over which a tale hands on its date
OPENING = 2  # sentences a report opens with, beside its title
MEMORY = 6  # sentences that a deed stays in mind as "the attack"
_TAKING_UP = {"the", "this", "that"}
_AT_ONCE = frozenset(  # what is over in a day: a war or an offensive that is taken up may have begun long before
    """
    attack bombing blast explosion ambush shooting killing massacre raid assault strike airstrike murder kidnapping
    abduction robbery assassination bomb incident arrest detonation execution hijacking
    """.split()
)
_COMMENTED = {"describe", "condemn", "criticize", "criticise", "investigate", "discuss", "denounce", "be"}
_SAYING = {"say", "report", "announce", "tell", "confirm", "add", "state", "write"}
_STANDING = 10  # tokens below which an opening line is a title or a byline
_ASIDE = ("relcl", "acl")


def inferred_dates(drafts: Sequence[Draft], analysis: Analysis, dates: Mapping[int, Date]) -> dict[int, Date]:
    """The dates of events (and of changes of control) that name none, by the token they hang on."""
    deeds = sorted((one for one in drafts if isinstance(one, EventDraft | ControlDraft)), key=lambda one: one.anchor.i)
    dated = [(one, got) for one in deeds for got in [_own(one, dates)] if got is not None and got.start]
    known = {one.anchor.i for one, _ in dated}
    found: dict[int, Date] = {}
    times = {index: analysis.tokens[index] for index in dates}
    today = publication_day(dateline_date(analysis, analysis.document.published) or analysis.document.published)
    for one in deeds:
        if one.anchor.i in known or one.anchor.i in found or one.when is not None or not happened(one):
            continue
        got = _from_sentence(one, dated) or _from_tale(one, dated, analysis) or _from_same(one, dated)
        if got is None and today and opens(one, analysis):
            got = _of_report(one, analysis, times, dates, today.isoformat())
        if got is not None:
            found[one.anchor.i] = got
            dated.append((one, got))
    return found


def _own(draft: Draft, dates: Mapping[int, Date]) -> Date | None:
    return dates.get(draft.when.head.i) if draft.when is not None else None


def happened(draft: Draft) -> bool:
    """Whether the draft tells of something that was, not of what is to come, wanted or supposed."""
    return draft.found.stance in ("asserts", "denies", "supposes") and not _ahead(draft.anchor)


def _ahead(token: Token) -> bool:
    verb = clause_of(token)
    return any(one.dep == "aux" and one.tag in ("MD", "TO") for one in verb.children)


def tense_of(token: Token) -> Tense | None:
    """The tense of the clause a word stands in; participles have that of the clause above."""
    verb = clause_of(token)
    for one in (verb, *ancestors(verb)):
        auxiliaries = [child for child in one.children if child.dep in ("aux", "auxpass")]
        have = next((child.tag for child in auxiliaries if child.lemma == "have"), None)
        if have:
            return "pluperfect" if have == "VBD" else "perfect"
        tags = {one.tag, *(child.tag for child in auxiliaries)}
        if "VBD" in tags:
            return "past"
        if tags & {"VBZ", "VBP"}:
            return "present"
    return None


def _from_sentence(draft: Draft, dated: Sequence[tuple[Draft, Date]]) -> Date | None:
    """The date of another deed in the sentence, where neither lies further back than the other."""
    if _about_whom(draft.anchor):
        return None
    here = [(one, got) for one, got in dated if one.anchor.sentence == draft.anchor.sentence and happened(one)]
    tense = tense_of(draft.anchor)
    fit = [(one, got) for one, got in here if tense_of(one.anchor) == tense and together(one.anchor, draft.anchor)]
    return min(fit, key=lambda pair: abs(pair[0].anchor.i - draft.anchor.i))[1] if fit else None


def _about_whom(token: Token) -> bool:
    """ "The general who led the coup": no news of a coup."""
    verb = clause_of(token)
    return verb.dep == "relcl" and any(one.lower in ("who", "whom", "whose") for one in verb.children)


def together(one: Token, other: Token) -> bool:
    """Whether two words of a sentence tell of one time: not what stands behind "after", "before" or "since"."""
    return not (_apart(one) or _apart(other))


def _apart(token: Token) -> bool:
    for above in (token, *ancestors(token)):
        if above.dep == "pobj" and above.head.lower in ("after", "before", "since", "following", "until", "despite"):
            return True
        if above.dep in ("advcl", "pcomp") and any(
            one.dep in ("mark", "prep") and one.lower in ("after", "before", "since", "until") for one in above.children
        ):
            return True
        if above.dep == "pcomp" and above.head.lower in ("after", "before", "since"):
            return True
    return False


def _from_tale(draft: Draft, dated: Sequence[tuple[Draft, Date]], analysis: Analysis) -> Date | None:
    """The date of the tale's last deed, where it goes on in the simple past within the paragraph."""
    verb = clause_of(draft.anchor)
    if isinstance(draft, EventDraft) and draft.trigger.frame.type in WORDS:
        return None  # what is said of a deed may be said days later
    if tense_of(draft.anchor) != "past" or verb.dep in _ASIDE or _apart(draft.anchor):
        return None
    here = analysis.sentences[draft.anchor.sentence]
    for one, got in reversed(dated):
        there = analysis.sentences[one.anchor.sentence]
        if there.index >= here.index:
            continue
        if here.index - there.index > REACH:
            return None
        if there.paragraph != here.paragraph and not (here.index - there.index == 1 and goes_on(verb)):
            return None
        if tense_of(one.anchor) == "past" and happened(one) and not _apart(one.anchor) and got.precision == "day":
            return _handed_on(got)
    return None


def goes_on(verb: Token) -> bool:
    """Whether a clause is about somebody told of before: "they", "the men"."""
    subject = next((one for one in verb.children if one.dep in ("nsubj", "nsubjpass")), None)
    return subject is not None and (subject.tag == "PRP" or article_of(subject) in _TAKING_UP)


def _handed_on(got: Date) -> Date:
    return got if got.basis == "publication" else structs.replace(got, basis="relative")


def _from_same(draft: Draft, dated: Sequence[tuple[Draft, Date]]) -> Date | None:
    """The date of the deed that "the attack" takes up: the last one of its type, and dated, before it."""
    if not isinstance(draft, EventDraft):
        return None
    subjects = [one for one in draft.anchor.children if one.dep in ("nsubj", "nsubjpass")]
    deed = draft.anchor if draft.trigger.noun else next(iter(subjects), draft.anchor)
    if deed.lemma not in _AT_ONCE or article_of(deed) not in _TAKING_UP:
        return None
    for one, got in reversed(dated):
        back = draft.anchor.sentence - one.anchor.sentence
        if not isinstance(one, EventDraft) or back < 0 or one.anchor.i >= draft.anchor.i:
            continue
        if back > MEMORY:
            return None
        if one.trigger.frame.type == draft.trigger.frame.type and happened(one):
            return _handed_on(got)
    return None


def article_of(noun: Token) -> str | None:
    """The article of a noun: "the", "a", "this"."""
    return next((one.lower for one in noun.children if one.dep == "det"), None)


def _of_report(
    draft: Draft, analysis: Analysis, times: Mapping[int, Token], dates: Mapping[int, Date], today: str
) -> Date | None:
    """The day of publication, or that of the saying ("police said on Thursday"), where the sentence has no other time."""
    here = analysis.sentences[draft.anchor.sentence]
    day = today
    for index, head in times.items():
        if not here.first <= index <= here.last:
            continue
        got, verb = dates[index], clause_of(head)
        if verb.lemma not in _SAYING or got.precision != "day" or (got.start or today) > today:
            return None
        day = got.start or today
    return Date(start=day, end=day, precision="day", quote=None, basis="publication")


def opens(draft: Draft, analysis: Analysis) -> bool:
    """Whether a deed is told in the opening of a report, as news."""
    here = analysis.sentences[draft.anchor.sentence]
    if here.index >= _opening(analysis) or _apart(draft.anchor) or clause_of(draft.anchor).dep in _ASIDE:
        return False
    tense = tense_of(draft.anchor)
    if not isinstance(draft, EventDraft) or not draft.trigger.noun:
        return tense in ("past", "perfect") or draft.anchor.tag in ("VBZ", "VBP")
    # "the arrest of five men was criticised" tells no news of an arrest; "an attack has left …" does
    told = draft.anchor.dep in ("nsubj", "nsubjpass") and clause_of(draft.anchor).lemma not in _COMMENTED
    return tense in ("past", "perfect") and (told or article_of(draft.anchor) in (None, "a", "an"))


def _opening(analysis: Analysis) -> int:
    """The number of sentences that a report opens with: its title and bylines, and the first two full ones."""
    full = 0
    for sentence in analysis.sentences:
        full += sentence.last - sentence.first >= _STANDING
        if full == OPENING:
            return sentence.index + 1
    return len(analysis.sentences)

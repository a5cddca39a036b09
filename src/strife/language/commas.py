"""Commas that a text has lost, put back where its speakers begin: "… on Monday activists said".

Some collections strip every comma. A comma takes the place of the blank before the attribution, so offsets hold."""

from __future__ import annotations

import re

FEWEST = 25  # words: a shorter text may well do without commas
BEFORE = 5  # words that must stand before an attribution
BEHIND = 8  # words that may follow it: "said in a statement on Monday"
SENTENCE = re.compile(r"[^.!?\n\"“”]+(?:\.(?=\S)[^.!?\n\"“”]+)*")
WORD = re.compile(r"\S+")
SAID = frozenset("said says added reported announced confirmed claimed stated indicate indicated".split())
HAVING = {"has", "have", "had"}
WHERE = {"in", "on", "from", "at"}
DEMONYM = ("an", "ish", "ese", "i", "ch", "ic")
GOING_ON = frozenset(
    """
    on in adding citing late early via at during without quoting
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
PRONOUNS = frozenset("he she it they".split())
DETERMINERS = frozenset("the a an its their his her another one".split())
LINKS = frozenset("of for".split())
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december
    """.split()
)
SPEAKERS = frozenset(
    """
    activists activist residents resident sources source officials official witnesses witness police media rebels rebel
    doctors doctor monitors monitor observers opposition spokesman spokeswoman spokesperson agency television tv radio
    medics rescuers workers ministry army military authorities diplomats commander commanders director chief head leader
    minister president group groups organisation organization lawyer lawyers analysts experts journalists militants
    fighters villagers locals eyewitnesses reports dispatches reporter
    correspondent release statement newspaper paper channel governor mayor troops insurgents
    """.split()
)
QUALIFIERS = frozenset(
    """
    local opposition state civil defence defense medical military security rebel government human rights monitoring
    senior several two three some other aid hospital news pro-government pro-opposition regime police army intelligence
    diplomatic rescue health foreign kurdish syrian
    """.split()
)
# no phrase ends so before an attribution
UNFINISHED = ("-held", "-controlled", "-ruled", "-run", "-besieged", "ern", "the", "'s", "ing")
NOT_BEFORE = frozenset(
    """
    as that which who whom what when where while and or but because if after before since than of for in on at by to
    from with is are was were be been how why whether although though until about against near into over between said
    says like have has had not also later earlier then
    """.split()
)
ARTICLED = re.compile(r"(?:al|el|ash|an|ar|as|at|az)-[A-Z]")  # "al-Halabi"
ACCORDING = re.compile(
    r"\b[Aa]ccording to (?:the )?[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|for|of))*( )"
    r"(?=(?:an?|the|at|several|some|more|many|dozens|hundreds)\b)"
)


def with_commas(text: str) -> str:
    """The text with commas before its attributions, where it holds no comma at all; of the same length."""
    if "," in text or len(text.split()) < FEWEST:
        return text
    places = [match.start(1) for match in ACCORDING.finditer(text)]
    for match in SENTENCE.finditer(text):
        place = _attribution(match.group())
        places += [match.start() + place] if place is not None else []
    marks = list(text)
    for place in places:
        if text[place - 1].isalpha() and text[place + 1].isalpha():  # "2011,activists" would stay one word
            marks[place] = ","
    return "".join(marks)


def _attribution(sentence: str) -> int | None:
    """Where the blank before the attribution at the end of a sentence stands."""
    found = list(WORD.finditer(sentence))
    words = [match.group() for match in found]
    for verb in range(len(words) - 1, BEFORE, -1):
        told = words[verb] == "told" and words[verb + 1 : verb + 2] and words[verb + 1][:1].isupper()
        reports = words[verb] == "reports" and words[verb - 1][:1].isupper() and verb == len(words) - 1
        if words[verb] not in SAID and not told and not reports:
            continue
        behind, last = words[verb + 1 :], verb
        while last > BEFORE and (words[last - 1] in HAVING or words[last - 1].startswith("(")):
            last -= 1  # "the agency (UNICEF) has said"
        if (
            behind
            and not (told and (len(behind) <= 5 or "adding" in behind[:5]))
            and (behind[0].lower() not in GOING_ON or (len(behind) > BEHIND and behind[0] != "adding"))
        ):
            return None
        first = _speaker(words, last)
        if first is None or first < BEFORE or words[first - 1].lower() in NOT_BEFORE:
            return None
        return found[first].start() - 1
    return None


def _speaker(words: list[str], verb: int) -> int | None:
    """The first word of the speaker's noun phrase before a verb of saying."""
    if words[verb - 1] in PRONOUNS:
        return verb - 1
    here = _back_to(words, verb - 1)
    if here is not None and here > 2 and words[here - 2 : here] == ["close", "to"]:
        here = _back_to(words, here - 3)  # "sources close to the group"
    while (
        here is not None
        and here > 1
        and (words[here - 1] in LINKS or words[here - 1] in WHERE and words[here - 2] in SPEAKERS)
    ):
        noun = words[here - 2]
        if noun not in SPEAKERS and not noun[:1].isupper():
            return None
        here = _back_to(words, here - 2)
    return None if here and words[here - 1].endswith(UNFINISHED) else here


def _back_to(words: list[str], last: int) -> int | None:
    """The first word of the noun phrase that ends here: back to its article, or over names and words for speakers."""
    first: int | None = None
    for index in range(last, max(-1, last - 8), -1):
        word = words[index]
        if word in DETERMINERS:
            return index
        named = word[:1].isupper() and word.lower() not in DAYS or bool(ARTICLED.match(word))
        speaker = word in SPEAKERS and not (first is not None and word.endswith("s"))  # "residents activists said"
        apart = named and first is not None and words[first] in SPEAKERS | QUALIFIERS and not word.endswith(DEMONYM)
        if apart and word.istitle():  # "of Hama local media": the town is no part of the speaker's name
            return first
        owner = first is not None and word.endswith("s") and word not in SPEAKERS and words[index - 1][:1].isupper()
        if not (named or speaker or owner or word in QUALIFIERS and first is not None):
            single = first in (None, last) and not words[last].endswith("s") and words[index - 1] in ("the", "a", "an")
            return index - 1 if single else first  # "a war monitor", "the observatory"
        first = index
    return None

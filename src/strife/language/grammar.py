"""Questions one asks of a parse: passive or not, who is the subject of this verb, what does a relative pronoun stand for."""

from __future__ import annotations

from strife.language.analysis import Token, child, conjuncts

RELATIVE = {"who", "which", "that", "whom"}
SUBJECT_CONTROL = frozenset(
    """
    send dispatch deploy promise vow pledge threaten agree refuse offer swear demand
    """.split()
)
ADDING = {"add", "say", "stress", "note", "warn", "insist", "explain", "cite", "quote", "refer", "call"}
DISPATCH = frozenset(
    """
    send deploy launch dispatch use mobilise mobilize scramble employ recruit train hire order
    """.split()
)
OUTCOMES = {"kill", "wound", "injure", "leave", "destroy", "damage", "displace", "cause", "maim", "hurt", "force"}
TOLD = {"report", "believe", "fear", "confirm", "presume", "find", "say", "leave"}
STRUCK = frozenset(
    """
    house home building market hospital school mosque church courtyard street town city village area
    neighbourhood neighborhood district camp base checkpoint convoy vehicle car bus ambulance bakery shop square
    well target position headquarters station road shelter apartment suburb quarter province region post
    barracks airport plant clinic hotel restaurant site tent block depot warehouse day week month
    """.split()
)


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass", "amod", "compound")


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its deep object."""
    if any(one.dep in ("auxpass", "nsubjpass") for one in verb.children):
        return True
    if verb.tag not in ("VBN", "VBD") or any(one.dep in ("aux", "nsubj") for one in verb.children):
        return False
    if verb.dep in ("acl", "advcl", "amod", "relcl") and (verb.tag == "VBN" or verb.dep == "acl"):
        return not any(one.dep == "dobj" for one in verb.children)
    if verb.dep == "conj" and verb.tag == "VBN":
        return is_passive(verb.head)
    if verb.dep in ("xcomp", "oprd", "ccomp") and verb.head.lemma in TOLD and is_passive(verb.head):
        return not any(one.dep == "dobj" for one in verb.children)  # "were reported killed"
    return verb.dep == "ROOT" and verb.tag == "VBN" and not any(one.dep == "dobj" for one in verb.children)


def has_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to"; conjuncts share it."""
    if any(one.tag == "TO" for one in verb.children):
        return True
    return (
        verb.dep == "conj"
        and verb.tag == "VB"
        and not has_subject(verb)
        and verb.head.pos == "VERB"
        and has_to(verb.head)
    )


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(one.dep in ("nsubj", "nsubjpass", "expl", "csubj") for one in verb.children)


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject as the grammar gives it, its own or the one it shares by coordination, control or participle."""
    own = child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return referent(own)
    head = verb.head
    if head is verb or depth > 6:
        return None
    if verb.dep == "acl":
        return _acl_subject(verb)
    if verb.dep == "relcl":
        return head
    if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
        return surface_subject(head, depth + 1)
    if verb.dep in ("xcomp", "ccomp"):
        return _controller(verb, depth)
    if verb.dep in ("advcl", "ccomp") and has_to(verb) and (asked := _asked(head, verb)) is not None:
        return asked
    if (
        verb.dep == "advcl"
        and head.lemma in DISPATCH
        and has_to(verb)
        and (sent := child(head, "dobj", "nsubjpass")) is not None
    ):
        return sent
    if verb.dep == "advcl" and head.pos in ("VERB", "AUX"):
        return surface_subject(head, depth + 1)
    if verb.dep == "pcomp" and head.head is not head:
        return _through_preposition(head, depth)
    if verb.dep in ("acomp", "attr"):
        return surface_subject(head, depth + 1)
    return None


def _acl_subject(verb: Token) -> Token | None:
    """Of a clause on a noun: the noun of a participle ("troops fighting"), the possessor before an infinitive ("its plan to")."""
    noun = verb.head
    if not has_to(verb):
        return _cause(verb, noun) or noun
    owner = child(noun, "poss") or _by_or_of(noun)
    if owner is not None:
        return owner
    governor = noun.head
    if noun.dep in ("dobj", "pobj") and governor is not noun:
        governor = governor.head if noun.dep == "pobj" else governor
        return surface_subject(governor, 3) if governor.pos in ("VERB", "AUX") and not is_passive(governor) else None
    return noun if noun.dep in ("nsubj", "conj", "appos") else None


def _cause(verb: Token, noun: Token) -> Token | None:
    """What "killing two" tells the outcome of, hung on the thing that was hit: "a shell hit a house killing two"."""
    governor = noun.head.head if noun.dep == "pobj" else noun.head
    listed = verb.tag in ("VBN", "VBD") and noun.dep == "dobj" and governor.lemma in OUTCOMES and verb.lemma in OUTCOMES
    if listed and child(verb, "dobj") is not None:
        return surface_subject(governor, 3)  # "killed 20 people wounded 40", the comma lost
    if verb.tag != "VBG" or verb.lemma not in OUTCOMES or noun.dep not in ("dobj", "pobj") or noun.lemma not in STRUCK:
        return None
    for _ in range(6):  # "hit buses carrying people out of two towns killing six"
        nominal = governor.pos == "NOUN" and governor.dep in ("dobj", "pobj")
        if nominal or governor.dep in ("prep", "pobj", "acl") and governor.head is not governor:
            governor = governor.head
        else:
            break
    return surface_subject(governor, 3) if governor.pos in ("VERB", "AUX") and not is_passive(governor) else None


def _by_or_of(noun: Token) -> Token | None:
    for prep in noun.children:
        if prep.dep in ("prep", "agent") and prep.lower in ("by", "of"):
            return child(prep, "pobj")
    return None


def _controller(verb: Token, depth: int) -> Token | None:
    """Who is understood as the subject of an infinitive: the governing verb's object, else its subject."""
    head = verb.head
    if head.pos not in ("VERB", "AUX"):
        return surface_subject(head, depth + 1) if head.pos == "ADJ" else None
    own = head.lemma in SUBJECT_CONTROL or verb.tag == "VBG" and verb.lemma in ADDING  # "told the paper, adding that"
    given = child(head, "dobj", "dative") if not own else None
    if given is not None and given.i < verb.i and given.pos in ("NOUN", "PROPN", "PRON"):
        return given
    return _asked(head, verb) or surface_subject(head, depth + 1)


def _asked(head: Token, verb: Token) -> Token | None:
    """Who is asked in "called on X to withdraw", "appealed to X to stay", "called for X to go"."""
    if head.lemma not in ("call", "appeal", "prevail", "rely", "count", "plead"):
        return None
    upon = next(
        (
            one
            for one in head.children
            if one.dep == "prep" and one.lower in ("on", "upon", "to", "for", "with") and one.i < verb.i
        ),
        None,
    )
    return child(upon, "pobj") if upon is not None else None


def _through_preposition(prep: Token, depth: int) -> Token | None:
    """The subject of "-ing" behind a preposition: the object before it ("accused X of shelling"), else the subject."""
    governor = prep.head
    if governor.pos in ("VERB", "AUX"):
        given = child(governor, "dobj", "nsubjpass")
        if given is not None and prep.lower in ("of", "from", "for", "into", "with"):
            return referent(given)
        return surface_subject(governor, depth + 1)
    if governor.pos in ("NOUN", "PROPN"):
        above = governor.head.head if governor.dep == "pobj" else governor.head  # "arrested on charges of killing"
        return child(governor, "poss") or (surface_subject(above, 4) if governor.dep in ("dobj", "pobj") else None)
    if governor.pos == "ADJ":
        return surface_subject(governor.head, depth + 1) if governor.dep == "acomp" else None
    return None


def _nearest(head: Token, pronoun: Token) -> Token:
    """Of coordinated antecedents the one right before the pronoun, where it is a name or the sides stand apart:
    "battles between the tribesmen and militants who took the area"."""
    last = conjuncts(head)[-1]
    close = last is not head and last.i == pronoun.i - 1
    return last if close and (last.pos == "PROPN" or head.head.lower == "between") else head


def referent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if token.lower in RELATIVE and token.tag in ("WDT", "WP", "WRB", "IN", "DT"):
        clause = token.head
        for _ in range(4):
            if clause.dep in ("relcl", "acl"):
                return _nearest(clause.head, token)
            if clause.head is clause:
                break
            clause = clause.head
    return token

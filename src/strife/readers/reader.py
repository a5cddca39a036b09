"""A document asked about, piece by piece: the question, the answer, the checks; nothing here knows grammar or politics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct

from strife.errors import BadInput, StrifeError
from strife.language.normalise import sound
from strife.readers import prompt
from strife.readers.anchors import Window
from strife.readers.answers import NoClaims, claims_in
from strife.readers.answers import Told as Answer
from strife.readers.calls import PAUSE, Caller, Refused, Unanswered
from strife.readers.check import Checker
from strife.readers.chunks import Piece, pieces
from strife.readers.endpoint import KIND, Endpoint
from strife.readers.tally import Tally
from strife.readers.told import Told, same
from strife.records import Document

VERSION = "reader/0.1"
LONGEST = 1_000_000  # characters of the longest document that is sent
FORMS = ("schema", "lean", "object", "plain", "bare")  # how the form of the answer is asked for, the surest first
PLAIN = 3  # steps from the surest form to the one that asks for no form at all
BAD = 2  # times that a piece is asked about whose answer holds no claims that can be read
MANY = 10**9  # tokens: no answer has as many
GONE = 3  # documents in a row without an answer after which the server is taken to be gone

Pulse = Callable[[], None]


class _Message(Struct, frozen=True):
    content: str | None = None


class _Choice(Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Completion(Struct, frozen=True):
    choices: tuple[_Choice, ...] = ()
    usage: Any = None


class Unreadable(BadInput):
    """A document about which no answer could be had."""


@dataclass(slots=True)
class Reader:
    """Another reader: asks an endpoint and counts what comes of it. Documents one at a time; `pause` scales its waiting."""

    endpoint: Endpoint
    tally: Tally = field(default_factory=Tally)
    pause: float = PAUSE
    caller: Caller = field(init=False)
    form: int = 0  # of FORMS
    agreed: bool = False  # whether the server has taken a question in this form
    gone: int = 0  # documents in a row without an answer

    def __post_init__(self) -> None:
        """Make the caller."""
        self.caller = Caller(self.endpoint, self._again, self.pause)

    @property
    def name(self) -> str:
        """What signs each claim: the reader, its model and the version of the checks."""
        return f"{KIND}:{self.endpoint.model};{VERSION}"

    @property
    def version(self) -> str:
        """What its answers depend on besides the text."""
        return f"{self.name}; prompt {prompt.version()}"

    def tell(self, document: Document, pulse: Pulse | None = None) -> list[Told]:
        """What the model tells of a document, checked against its text. Unreadable where that could not be had,
        StrifeError where it will not be had for any document; `pulse` is called every few seconds while waiting."""
        text = document.text
        if len(text) > LONGEST:
            raise Unreadable(
                f"{document.id}: {len(text):,} characters; more than {LONGEST:,} are not sent, so split it"
            )
        if text != sound(text):
            raise Unreadable(f"{document.id}: the text holds halves of characters; mend its encoding")
        self.tally.documents += 1
        found: dict[tuple[object, ...], Told] = {}
        try:
            for piece in pieces(text):
                for told in self._piece(text, piece, pulse):
                    if same(told) in found:
                        self.tally.dropped["told twice"] += 1
                    else:
                        found[same(told)] = told
        except Unanswered as error:
            self.gone += 1
            if self.gone >= GONE:
                where = self.endpoint.host
                raise StrifeError(f"{where}: {error}; gave up after {GONE} documents in a row") from error
            raise Unreadable(f"{document.id}: {self.endpoint.host}: {error}") from error
        except (Refused, NoClaims) as error:
            raise Unreadable(f"{document.id}: {self.endpoint.host}: {error}") from error
        self.gone = 0
        return list(found.values())

    def _again(self) -> None:
        self.tally.again += 1

    def _piece(self, text: str, piece: Piece, pulse: Pulse | None) -> Iterator[Told]:
        """What is told of a piece; where the answer is cut short or cannot be had whole, of its two halves."""
        halves = piece.halves(text)
        try:
            answer = self._answer(text, piece, pulse)
        except Refused:
            if halves is None or not self.agreed:
                raise
            answer = None  # longer than the server takes
        if answer is None or not answer.whole:
            if halves is not None:
                for half in halves:
                    yield from self._piece(text, half, pulse)
                return
        assert answer is not None
        window = Window(text, piece.start, piece.end)
        places = {one.number: one.start for one in piece.passages}
        yield from Checker(window, places, self.tally).kept(answer.claims)

    def _answer(self, text: str, piece: Piece, pulse: Pulse | None) -> Answer:
        """The claims about a piece as the model puts them. NoClaims where it does not, asked twice."""
        for tried in range(1, BAD + 1):
            content, cut = self._content(self._asked(text, piece, pulse))
            try:
                answer = claims_in(content)
            except NoClaims as error:
                if cut:
                    answer = Answer((), whole=False)
                elif tried < BAD:
                    self._again()
                    continue
                else:
                    raise NoClaims(f"the answer holds no claims that can be read: {error}, asked {BAD} times") from None
            if cut or not answer.whole:
                self.tally.cut += 1
                return Answer(answer.claims, whole=False)
            return answer
        raise AssertionError("the loop returns or raises")

    def _asked(self, text: str, piece: Piece, pulse: Pulse | None) -> bytes:
        """The body of an answer, in the surest form that the server takes."""
        first = self.form
        while True:
            body = prompt.question(text, piece, self.endpoint.model, FORMS[self.form])
            self.tally.requests += 1
            try:
                answer = self.caller.ask(body, pulse)
            except (Refused, Unanswered) as error:
                if self.agreed or (isinstance(error, Unanswered) and not (error.broken and self.form == 0)):
                    self.form = first
                    raise
                if self.form + 1 == len(FORMS):
                    raise StrifeError(f"{self.endpoint.host}: does not take the question: {error}") from error
                self.form += 1 if isinstance(error, Refused) else PLAIN  # some servers break at a schema
                continue
            self.agreed = True
            return answer

    def _content(self, body: bytes) -> tuple[str, bool]:
        """The words of an answer and whether it was cut short; its tokens are counted. NoClaims where it is no completion."""
        try:
            answer = msgspec.json.decode(body, type=_Completion)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return "", False  # no completion at all
        self._count(answer.usage)
        if not answer.choices:
            return "", False
        choice = answer.choices[0]
        return choice.message.content or "", choice.finish_reason == "length"

    def _count(self, usage: Any) -> None:
        given = usage if isinstance(usage, dict) else {}
        tokens = _tokens(given.get("prompt_tokens")), _tokens(given.get("completion_tokens"))
        self.tally.untold += None in tokens
        self.tally.tokens_in += tokens[0] or 0
        self.tally.tokens_out += tokens[1] or 0


def _tokens(value: object) -> int | None:
    """A number of tokens, None where a server does not tell one that can be."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < MANY else None

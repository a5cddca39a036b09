"""The brief: sentences that say no more than their claims, each with its passage; the same every time; nothing as markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strife.casefile import Case
from strife.errors import Unknown
from strife.records import Code, Control, Date, Document, Event, Figure, Frame, Party, Place, Relation, Span, Statement
from strife.views.brief import clause
from strife.views.brief.compose import compose
from strife.views.brief.document import Brief
from strife.views.brief.english import amount, is_plural, parties, party_name, when_words, where_words
from strife.views.brief.markdown import esc, markdown
from strife.views.brief.material import Material
from strife.views.brief.nouns import noun_of
from strife.views.brief.page import page
from strife.views.brief.sentence import Writer
from strife.views.cli import cli, main
from tests.case_helpers import toy

TEXTS = (
    "Rebels attacked Troops in Harem on 2013-06-05. Army seized Base in Harem on 2013-06-06. Army held Keep in Nawa."
    " Mayor denied that Army attacked Farmers in Nawa on 2013-06-04. Army killed 25 in Harem.",
    "Council said that Rebels attacked Troops in Harem on 2013-06-05. Rebels backed Council. Mayor expects that Army attacked Town"
    " in Nawa on 2013-07-01. Army lost Base in Zintan on 2013-06-02.",
)


def span(text: str, quote: str) -> Span:
    """The first place of words in a text."""
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def party(text: str, quote: str, **more: str) -> Party:
    """A party by its words in a text."""
    start = text.index(quote)
    return Party(quote=quote, start=start, end=start + len(quote), **more)  # type: ignore[arg-type]


def event(
    text: str, trigger: str, actor: str = "", recipient: str = "", place: str = "", *, frame: Frame | None = None,
    code: Code | None = None, when: str = "",
) -> Event:  # fmt: skip
    """An event in a text of one sentence."""
    where = None
    if place:
        found = span(text, place)
        where = Place(
            quote=place,
            start=found.start,
            end=found.end,
            name=place,
            id="geonames:1",
            country="SY",
            precision="settlement",
        )
    frame = frame or Frame()
    date = Date(start=when, end=when, precision="day", quote=when, basis="explicit") if when else None
    return Event(
        id="event-000", document="d", evidence=(span(text, text.rstrip(".")),), frame=frame, status=frame.status, where=where, when=date,
        by="test", trigger=span(text, trigger), code=code or Code(plover="ASSAULT", mode="aerial"),
        actors=(party(text, actor),) if actor else (), recipients=(party(text, recipient),) if recipient else (),
    )  # fmt: skip


COUNCIL = Party(quote="council", start=0, end=7, name="Harem Council")
SENTENCES = [
    ("Rebels captured Harem.", ("captured", "Rebels", "", "Harem"), {}, "Rebels captured Harem."),
    (
        "Militants, backed by others, stormed the old barracks near the river.",
        ("stormed", "Militants", "the old barracks"),
        {"when": "2013-06-05"},
        "Militants stormed the old barracks on 5 June 2013.",
    ),
    (
        "At least 20 civilians were killed by gunmen in Nawa.",
        ("killed", "gunmen", "civilians", "Nawa"),
        {},
        "At least 20 civilians were killed by gunmen in Nawa, Syria.",
    ),
    ("The raids went on.", ("raids",), {}, "An air attack (“raids”) is reported."),
    (
        "The raids on Harem by jets went on.",
        ("raids", "jets", "", "Harem"),
        {"frame": Frame(voice=COUNCIL)},
        "According to the Harem Council, there was an air attack by jets in Harem, Syria (“raids”).",
    ),
    (
        "There were no raids on the town.",
        ("raids", "", "the town"),
        {"frame": Frame(negated=True)},
        "There was no air attack on the town (“raids”).",
    ),
    (
        "Rebels united against the town.",
        ("united against", "Rebels", "the town"),
        {"code": Code(plover="COOPERATE"), "when": "2013-06-05"},
        "Rebels united against the town on 5 June 2013.",
    ),
    (
        "It was the town they stood united against, rebels said.",
        ("united against", "rebels", "the town"),
        {"code": Code(plover="COOPERATE")},
        "Cooperation against the town by rebels (“united against”) is reported.",
    ),
    (
        "It denied raids on the town.",
        ("raids", "", "the town"),
        {"frame": Frame(voice=COUNCIL, stance="denies")},
        "It is denied by the Harem Council that there was an air attack on the town (“raids”).",
    ),
    (
        "Rebels may attack the town soon.",
        ("attack", "Rebels", "the town"),
        {"frame": Frame(stance="supposes")},
        "It is held possible by the author that rebels may attack the town.",
    ),
    (
        "Troops massed to retake the town.",
        ("retake", "Troops", "the town"),
        {"frame": Frame(stance="intends")},
        "An aim of troops is to retake the town.",
    ),
    (
        "They urged troops to leave the town.",
        ("leave", "troops", "the town"),
        {"frame": Frame(voice=COUNCIL, stance="demands")},
        "Demanded of troops by the Harem Council: to leave the town.",
    ),
    (
        "If rebels strike the town, all is lost.",
        ("strike", "rebels", "the town"),
        {"frame": Frame(stance="conditions")},
        "A condition: an air attack on the town by rebels (“strike”).",
    ),
    (
        "The town was not what troops, who wanted it, attacked it for.",
        ("attacked", "troops", "it"),
        {},
        "An air attack by troops (“attacked”) is reported.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given_", "more", "expected"), SENTENCES)
def test_events_as_sentences(text: str, given_: tuple[str, ...], more: dict[str, Any], expected: str) -> None:
    assert Writer(text, "the author").sentence(event(text, *given_, **more)) == expected


@pytest.mark.parametrize(
    ("low", "best", "high", "of", "measure", "expected"),
    [
        (25, 25, None, "soldiers", "deaths", "At least 25 soldiers were killed."),
        (1, 1, 1, "woman", "injuries", "One woman was wounded."),
        (200, None, 999, "families", "displaced", "Hundreds of families were displaced."),
        (None, 10000, None, "fighters", "fighters", "The number given: about 10,000 fighters (fighters)."),
        (12, 12, 12, "12", "deaths", "12 were killed."),
    ],
)
def test_figures_as_sentences(low: Any, best: Any, high: Any, of: str, measure: Any, expected: str) -> None:
    figure = Figure(
        id="figure-00", document="d", evidence=(span(of, of),), frame=Frame(), status="reported", by="test", measure=measure,
        of=span(of, of), low=low, best=best, high=high,
    )  # fmt: skip
    assert Writer(of, "the author").sentence(figure) == expected


def test_relations_and_statements_as_sentences() -> None:
    text = "Rebels back the council, which said that all was not well."
    common: dict[str, Any] = {"document": "d", "by": "test"}
    relation = Relation(
        **common, id="relation-0", evidence=(span(text, text),), frame=Frame(), status="reported", predicate="supports",
        subject=party(text, "Rebels"), object=party(text, "the council"),
    )  # fmt: skip
    statement = Statement(
        **common, id="statement", evidence=(span(text, "that all was not well"),), frame=Frame(voice=COUNCIL), status="claimed",
        content=span(text, "that all was not well"), quoted=False,
    )  # fmt: skip
    negated = msgspec.structs.replace(statement, frame=Frame(voice=COUNCIL, negated=True), status="negated")
    writer = Writer(text, "the author")
    assert writer.sentence(relation) == "Rebels support the council."
    assert writer.sentence(statement) == "According to the Harem Council: “all was not well”."
    assert writer.sentence(negated) == "According to the Harem Council: “all was not well”."  # the words hold the "not"


@pytest.mark.parametrize(
    ("quote", "name", "expected"),
    [
        ("the army", "Syrian Army", "the Syrian Army"),
        ("Hezbollah", "Hezbollah", "Hezbollah"),
        ("Regime forces", None, "regime forces"),
        ("rebel", None, "rebels"),
        ("an armed group", None, "an armed group"),
        ("war monitor", None, "the war monitor"),
        ("Russian jets", None, "Russian jets"),
        ("US", "United States", "the United States"),
        ("President Roe's forces", None, "President Roe's forces"),
    ],
)
def test_names_with_their_articles(quote: str, name: str | None, expected: str) -> None:
    assert party_name(Party(quote=quote, start=0, end=1, name=name)) == expected


def test_pronouns_are_nobody() -> None:
    assert parties([Party(quote="they", start=0, end=4), Party(quote="The", start=0, end=3)]) == ""
    assert (
        parties([Party(quote=name, start=0, end=1) for name in ("Alpha", "Bravo", "Carol", "Delta")])
        == "Alpha, Bravo, Carol and another"
    )
    plural = {"rebels": True, "the police": True, "United States": False, "Jabhat al-Nusra": False, "A and B": True}
    assert {name: is_plural(name) for name in plural} == plural


AMOUNTS = {
    "20 to 30": (20, 25, 30),
    "dozens of": (20, None, 99),
    "up to five": (None, None, 5),
    "three": (3, 3, 3),
    "about seven": (None, 7, None),
}


@pytest.mark.parametrize(("expected", "numbers"), AMOUNTS.items())
def test_amounts(numbers: tuple[float | None, ...], expected: str) -> None:
    assert amount(*numbers) == expected  # type: ignore[arg-type]


def test_dates_and_places() -> None:
    def date(start: str, end: str, precision: str, basis: str = "explicit") -> str:
        return when_words(Date(start=start, end=end, precision=precision, quote=None, basis=basis))  # type: ignore[arg-type]

    assert date("2013-06-05", "2013-06-05", "day") == "on 5 June 2013"
    assert date("2013-06-01", "2013-06-30", "month") == "in June 2013"
    assert date("2013-01-01", "2013-12-31", "year") == "in 2013"
    assert date("2013-06-03", "2013-06-09", "week") == "in the week of 3 June 2013"
    assert date("2013-06-07", "2013-06-07", "day", "publication") == "(in a text of 7 June 2013)"
    place = Place(quote="Harem", start=0, end=5, name="Ḩārim", country="SY", precision="surroundings")
    assert where_words(place) == "near Harem, Syria"
    assert where_words(place, "SY") == "near Harem"
    assert where_words(None) == ""


@pytest.fixture
def filled(case: Case) -> Case:
    """Two outlets on the same days."""
    case.add(
        [
            toy(f"d{number}", text, published=f"2013-06-0{7 + number}", source=f"Outlet {number}")
            for number, text in enumerate(TEXTS)
        ]
    )
    return case


def made(case: Case, **asked: str) -> Brief:
    """The brief of a case."""
    return compose(Material(case, **asked), "Brief: test")


def test_every_sentence_has_a_passage_of_the_case(filled: Case) -> None:
    brief = made(filled)
    assert [one.key for one in brief.sections] == ["happened", "control", "denied", "figures", "ties", "expected"]
    numbers = {note.number for note in brief.notes}
    for section in brief.sections:
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                assert sentence.notes
                assert numbers >= set(sentence.notes)
                assert sentence.text.endswith(".")
                assert sentence.text[:1].isupper() or sentence.text[:1].isdigit()
    texts = {document.id: document.text for document in filled.documents()}
    for note in brief.notes:
        assert note.quote in texts[note.source.id]
        assert filled.show(note.claim).claim is not None
    assert [note.number for note in brief.notes] == sorted(numbers)


def test_what_did_not_happen_is_not_told_as_done(filled: Case) -> None:
    sections = {one.key: one for one in made(filled).sections}
    happened = " ".join(sentence.text for one in sections["happened"].paragraphs for sentence in one.sentences)
    assert "Farmers" not in happened
    assert "1 July" not in happened
    assert "Farmers" in sections["denied"].paragraphs[0].sentences[0].text
    assert "by Mayor" in sections["expected"].paragraphs[0].sentences[0].text


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("asserts", "According to the Harem Council, the army took Harem."),
        ("expects", "It is expected by the Harem Council that the army will take Harem."),
        ("supposes", "It is held possible by the Harem Council that the army may take Harem."),
        ("intends", "An aim named by the Harem Council is that the army take Harem."),
        ("demands", "It is demanded by the Harem Council that the army take Harem."),
        ("denies", "It is denied by the Harem Council that the army took Harem."),
        ("asks", "It is asked by the Harem Council whether the army took Harem."),
    ],
)
def test_control_as_a_sentence(stance: Any, expected: str) -> None:
    frame = Frame(voice=COUNCIL, stance=stance)
    where = Place(quote="Harem", start=0, end=5, name="Harem", country="SY", precision="settlement")
    claim = Control(
        id="control-0", document="d", evidence=(span("the army in Harem", "Harem"),), frame=frame, status=frame.status, by="test",
        where=where, holder=Party(quote="the army", start=0, end=8), change="gains",
    )  # fmt: skip
    assert Writer("the army in Harem", "the author").sentence(claim) == expected


def test_control_is_told_with_its_holder_and_drawn(filled: Case) -> None:
    section = next(one for one in made(filled).sections if one.key == "control")
    said = [one.sentences[0].text for one in section.paragraphs]
    assert said == [
        "Harem: held by the Army (said since 6 June 2013).",
        "Nawa: held by the Army (said since 7 June 2013).",
    ]
    assert section.title == "Who holds what on 8 June 2013"
    ElementTree.fromstring(section.charts[0])


def test_only_what_is_asked_for(filled: Case) -> None:
    brief = made(filled, about="Nawa")
    assert "Only what concerns Nawa is told." in brief.facts
    assert {note.quote for note in brief.notes} <= {one.evidence[0].quote for one in filled.claims(place="Nawa")}
    by_actor = made(filled, about="Council")
    assert all("Council" in note.quote for note in by_actor.notes)
    assert all("2013-06-0" not in note.quote for note in made(filled, since="2013-06-20").notes)
    assert {note.source.id for note in made(filled, about="Syria").notes} == {"d0", "d1"}
    with pytest.raises(Unknown, match="no claim to write of"):
        made(filled, about="Atlantis")
    with pytest.raises(Unknown, match="is no date"):
        made(filled, since="June")


def test_it_is_the_same_every_time(filled: Case) -> None:
    once = markdown(made(filled))
    filled.merge()
    assert markdown(made(filled)) == once


EVIL = '"><img src=x onerror=alert(1)> <script>alert(1)</script> ](javascript:x) | `x` [^1]: # \u202e'


def test_nothing_of_a_document_is_markup(case: Case) -> None:
    case.add(
        [Document(id=EVIL, text=TEXTS[0], title=EVIL, source=EVIL, published="2013-06-07", url="javascript:alert(1)")]
    )
    brief = made(case)
    html, text = page(brief), markdown(brief)
    assert "<img" not in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html + text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert "<script" not in text
    assert re.search(r"style-src 'sha256-", html)
    assert not re.search(r'\s(style|on\w+)="', html)
    ElementTree.fromstring(re.sub(r"<!doctype html>|<(meta|link)[^>]*>", "", html))


@given(st.text(max_size=60))
def test_markdown_text_has_no_markup(text: str) -> None:
    escaped = esc(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>|#]", escaped)
    assert not re.match(r"\s*(\d*[.)]|[-+=])", escaped)


def test_every_kind_of_event_has_a_noun() -> None:
    import tomllib
    from importlib.resources import files

    kinds = tomllib.loads((files("strife.codebook") / "data" / "plover.toml").read_text(encoding="utf-8"))["type"]
    for kind in kinds:
        for mode in [None, *(one["name"] for one in kind.get("mode", []))]:
            noun, link = noun_of(Code(plover=kind["name"], mode=mode))
            assert noun
            assert link


def test_clauses_are_words_of_the_text() -> None:
    text = "Rebels captured the border post and the Turkish border town of Harem, killing ten."
    found = event(text, "captured", "Rebels", "the border post")
    done = clause.active(found, text)
    assert done in text
    assert done == "captured the border post"
    assert (
        clause.active(
            event("Rebels who had been captured fled.", "captured", "Rebels"), "Rebels who had been captured fled."
        )
        == ""
    )


def test_the_command_writes_both_forms(
    filled: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["strife", "brief", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    assert "brief" in cli.commands
    html, md = tmp_path / "b.html", tmp_path / "b.md"
    assert run(str(filled.path), "-o", str(html)) == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run(str(filled.path), "--about", "Harem", "--title", "Harem now", "-o", str(md)) == 0
    assert md.read_text(encoding="utf-8").startswith("# Harem now\n")
    assert run(str(filled.path)) == 0
    assert capsys.readouterr().out.startswith("# Brief: test")
    assert run(str(filled.path), "-o", str(tmp_path / "b.pdf")) == 2
    assert run(str(filled.path), "--about", "Atlantis") == 1
    text = tmp_path / "one.txt"
    text.write_text(TEXTS[0], encoding="utf-8")
    assert run(str(text), "--published", "2013-06-07", "-o", str(md)) == 0
    assert "1 text, published 7 June 2013" in md.read_text(encoding="utf-8")
    assert run(str(tmp_path / "none.txt")) == 1


def test_expectations_are_told_with_what_became_of_them(tmp_path: Path, toy_reader: None) -> None:
    said = "Mayor expects that Army attacked Rebels in Harem on 2013-06-10. Mayor expects that Union aided Farmers in Nawa on 2013-07-01."
    done = "Army attacked Rebels in Harem on 2013-06-10."
    with Case.open(tmp_path / "told.strife", create=True) as case:
        case.add([toy("a", said, published="2013-06-01"), toy("b", done, published="2013-06-11")])
        brief = compose(Material(case), "Told")
        section = next(one for one in brief.sections if one.key == "expected")
        became = {one.sentences[0].text: one.sentences[1:] for one in section.paragraphs}
        (harem,) = (then for text, then in became.items() if "Harem" in text)
        (nawa,) = (then for text, then in became.items() if "Nawa" in text)
        assert harem[0].text == "It was borne out, as later texts tell."
        cited = {brief.notes[number - 1].source.id for number in harem[0].notes}
        assert cited == {"b"}
        assert nawa[0].text == "That is still open until 1 July 2013."
        claim = next(one.claim for one in section_notes(brief, nawa[0].notes))
        case.decide(claim, "settle", value="not_borne_out", by="Ada")
        text = markdown(compose(Material(case), "Told"))
    assert "It was not borne out, as Ada decided." in text


def section_notes(brief: Brief, numbers: tuple[int, ...]) -> list[Any]:
    """The notes of these numbers."""
    return [one for one in brief.notes if one.number in numbers]

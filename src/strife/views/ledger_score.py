"""The ledger of documents that are in no case: read into one that is thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from strife.records import Document

if TYPE_CHECKING:
    from strife.outlook.ledger_record import Expectation


def ledger_of_documents(documents: Sequence[Document]) -> list[Expectation]:
    """The expectations that documents state, with what became of them by the last of them."""
    from strife.casefile import Case
    from strife.outlook.ledger import ledger_of

    with TemporaryDirectory(prefix="strife-") as folder, Case.open(Path(folder) / "ledger.strife", create=True) as case:
        case.add(documents)
        return ledger_of(case)

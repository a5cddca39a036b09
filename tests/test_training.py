"""Training: an interrupted one goes on after its last whole pass and ends where it would have. Needs the extra `training`."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the extra: pip install -e '.[training]'")
transformers = pytest.importorskip("transformers", reason="needs the extra: pip install -e '.[training]'")

from strife.model.verdicts import Hints
from strife.model.words import Masked
from training import fit as fitting
from training.batches import Labels, Noise, batches
from training.examples import Example
from training.network import Network

LABELS = Labels(("NONE", "ASSAULT"), ("ASSAULT", "?ASSAULT"), ("ASSAULT/-",))


def example(n: int) -> Example:
    ids = (1, 5 + n % 7, 20, 6, 2)
    return Example(
        str(n),
        Masked(ids, (-1, 0, 1, 2, -1)),
        Hints({1: "?ASSAULT"}, {1: "reported"}),
        {0: "NONE", 1: "ASSAULT"},
        {1: "ASSAULT/-"},
        {1: "reported"},
        dict.fromkeys(range(3), "O"),
    )


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    config = transformers.BertConfig(
        vocab_size=200, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    torch.manual_seed(1)
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def trained(base: Path, checkpoint: Path) -> Network:
    torch.manual_seed(0)
    network = Network(base, 2, 2, 1, 10, 7)
    fitting.fit(network, [example(n) for n in range(40)], LABELS, 0, checkpoint, lambda _: None)
    return network


@pytest.mark.filterwarnings("ignore")
def test_an_interrupted_training_goes_on_and_ends_alike(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "PASSES", 4)
    whole = trained(base, tmp_path / "whole.pt").state_dict()
    keep = fitting._keep
    passes = []

    def killed(checkpoint: Path, given: str, number: int, *parts: object) -> None:
        keep(checkpoint, given, number, *parts)
        passes.append(number)
        if len(passes) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        trained(base, tmp_path / "part.pt")
    rest = trained(base, tmp_path / "part.pt").state_dict()
    assert passes == [1, 2, 3, 4]
    for name, tensor in whole.items():
        assert torch.allclose(tensor, rest[name], atol=1e-6), name


def test_noise_hides_hints_and_pieces_and_nothing_else() -> None:
    import random

    (plain,) = batches([example(0)], LABELS, 4)
    (deaf,) = batches([example(0)], LABELS, 4, Noise(random.Random(0), 1.0, 1.0, 103))
    assert plain.hint_types.tolist() == [[0, 0, 2, 0, 0]]
    assert deaf.hint_types.sum() == deaf.hint_statuses.sum() == 0
    assert deaf.ids.tolist() == [[1, 103, 103, 103, 2]]
    assert torch.equal(plain.types, deaf.types)

"""Trees of collection names: built from paths, changed, given back as paths."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desktop.models.tree import TreeModel, TreeRow

PATHS = ["A", "A/Finance", "A/IT", "A/IT/Network", "Social"]


def made() -> TreeModel:
    model = TreeModel("Name", is_editable=True)
    model.set_paths(PATHS)
    return model


def test_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(made())  # type: ignore[no-untyped-call]  # no types there


def test_paths_come_back_as_they_went_in() -> None:
    assert made().paths() == PATHS


def test_missing_parents_are_put_in_without_a_key() -> None:
    model = TreeModel("Name", ["Groups"])
    model.set_rows([TreeRow("1", "X/Y", ("3",)), TreeRow("", "Un/assigned", is_loose=True)])
    assert model.paths() == ["X", "X/Y", "Un/assigned"]
    parent = model.index(0, 0)
    node = model.node(parent)
    assert node is not None
    assert node.key == ""
    assert model.data(model.index(0, 1, parent)) == "3"


def test_rename_never_nests_and_never_doubles() -> None:
    model = made()
    index = model.index_of("A/Finance")
    assert model.setData(index, "Money/IT")
    assert model.setData(model.index_of("A/IT"), "money it")
    assert model.paths()[1:3] == ["A/Money IT", "A/money it 2"]
    assert not model.setData(index, "   ")


def test_add_remove_move_and_indent() -> None:
    model = made()
    new = model.add("New", model.index_of("A/IT"), inside=True)
    assert "A/IT/New" in model.paths()
    model.remove(new)
    model.add("New", model.index_of("Social"))
    assert model.paths()[-1] == "New"
    model.move(model.index_of("A/IT"), -1)
    assert model.paths()[1] == "A/IT"
    model.move(model.index_of("A/IT"), -1)
    assert model.paths()[1] == "A/IT"
    model.indent(model.index_of("Social"), deeper=True)
    assert "A/Social" in model.paths()
    model.indent(model.index_of("Social"), deeper=False)
    assert "Social" in model.paths()
    model.remove(model.index_of("A"))
    assert model.paths() == ["Social", "New"]


def test_warning_is_read_aloud() -> None:
    model = TreeModel("Name")
    model.set_rows([TreeRow("1", "Sales", warning="Nobody manages it")])
    spoken = model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Sales, Nobody manages it"

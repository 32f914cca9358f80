"""Groups by collections."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desktop.domain.items import Permission
from desktop.models.matrix import MatrixColumn, MatrixModel, MatrixRow

WORDS: dict[Permission, str] = {"none": "No access", "view": "View", "manage": "Manage"}


def made() -> MatrixModel:
    model = MatrixModel(WORDS)
    model.set_matrix(
        [MatrixRow("a", "A"), MatrixRow("b", "B", 1)],
        [MatrixColumn("g", "Group", "3 members"), MatrixColumn("h", "Other")],
        {("a", "g"): "manage"},
    )
    return model


def test_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(made())  # type: ignore[no-untyped-call]  # no types there


def test_change_is_listed_and_can_be_taken_back() -> None:
    model = made()
    model.set_permission(model.index(1, 2), "view")
    model.set_permission(model.index(0, 1), "none")
    assert model.changes() == {("b", "h"): ("none", "view"), ("a", "g"): ("manage", "none")}
    assert model.permissions() == {("b", "h"): "view"}
    assert model.is_changed(model.index(1, 2))
    model.reset_changes()
    assert model.changes() == {}
    assert model.permissions() == {("a", "g"): "manage"}


def test_the_name_column_takes_no_permission() -> None:
    model = made()
    model.set_permission(model.index(0, 0), "manage")
    assert model.changes() == {}


def test_cells_say_the_permission_in_words() -> None:
    model = made()
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(model.index(0, 1), role) == "Manage"
    assert model.data(model.index(0, 2), role) == "No access"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Group"

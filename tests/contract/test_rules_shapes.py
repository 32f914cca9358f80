"""Rules about the shapes of answers and refusals."""

from __future__ import annotations

from tests.contract.stage import Stage, selection
from tests.contract.wire import encrypted, new_id

ERROR_KEYS = {
    "object", "message", "validationErrors", "exceptionMessage", "exceptionStackTrace",
    "innerExceptionMessage",
}  # fmt: skip


def test_rule_anonymous_is_401_with_challenge(stage: Stage) -> None:
    for path in ("/api/sync", stage.provider_path, f"{stage.client.path}/policies"):
        for token in (None, "not.a.token"):
            answer = stage.wire.send("GET", path, token=token)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_rule_error_body_shape(stage: Stage) -> None:
    refused = stage.admin.send("POST", f"{stage.client.path}/collections", {"name": encrypted()})
    assert refused.status_code == 400
    assert set(refused.json()) == ERROR_KEYS
    assert refused.json()["object"] == "error"
    assert refused.json()["validationErrors"] is None
    invalid = stage.admin.send("POST", f"{stage.client.path}/groups", {"collections": []})
    assert invalid.status_code == 400
    assert set(invalid.json()) == ERROR_KEYS
    assert invalid.json()["message"] == "The model state is invalid."
    assert list(invalid.json()["validationErrors"]) == ["Name"]
    assert isinstance(invalid.json()["validationErrors"]["Name"], list)


def test_rule_declarative_refusal_is_403_without_body(stage: Stage) -> None:
    answer = stage.roles["service_user"].send("GET", f"{stage.provider_path}/users")
    assert (answer.status_code, answer.content) == (403, b"")
    answer = stage.admin.send("GET", f"/api/providers/{new_id()}")
    assert (answer.status_code, answer.content) == (403, b"")


def test_rule_imperative_refusal_is_404(stage: Stage) -> None:
    answer = stage.roles["stranger"].send("GET", stage.client.path)
    assert answer.status_code == 404
    assert answer.json()["message"] == "Resource not found."
    answer = stage.roles["service_user"].send("GET", f"{stage.provider_path}/events")
    assert answer.status_code == 404
    assert answer.json()["message"] == "Resource not found."


def test_rule_not_found_never_says_what(stage: Stage) -> None:
    path = f"{stage.client.path}/users/{new_id()}/accept"
    answer = stage.roles["stranger"].send("POST", path, {"token": "x"})
    assert answer.status_code == 404
    assert answer.json()["message"] == "Resource not found."
    body = {"collectionIds": [new_id()], "groups": [], "users": []}
    answer = stage.admin.send("POST", f"{stage.client.path}/collections/bulk-access", body)
    assert answer.status_code == 404
    assert answer.json()["message"] == "Resource not found."


def test_rule_request_names_are_case_insensitive(stage: Stage) -> None:
    access = {"ID": stage.client.owner, "Manage": True, "colour": "red"}
    body = {"NAME": encrypted(), "Users": [access], "somethingNew": 1}
    made = stage.admin.done("POST", f"{stage.client.path}/collections", body)
    (found,) = stage.collections(stage.client)[made["id"]]["users"]
    assert found == selection(stage.client.owner, manage=True)


def test_rule_collection_lists_are_empty_for_a_stranger(stage: Stage) -> None:
    for path in ("collections", "collections/details"):
        answer = stage.roles["stranger"].get(f"{stage.client.path}/{path}")
        assert answer == {"object": "list", "data": [], "continuationToken": None}

"""Rules about signing in, tokens and the own account."""

from __future__ import annotations

from tests.contract.calls import api_key_form, auth_request
from tests.contract.stage import SERVICE_USER, Stage, fresh_address
from tests.contract.wire import claims, new_id


def test_rule_missing_client_version_refused(stage: Stage) -> None:
    answer = stage.wire.token(stage.admin.form, version=False)
    assert answer.status_code == 400
    assert answer.json()["error"] == "version_header_missing"
    assert answer.json()["error_description"]
    assert answer.json()["ErrorModel"]["Message"]


def test_rule_wrong_password_is_told_before_client_version(stage: Stage) -> None:
    answer = stage.wrong["no version"].result()
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_rule_wrong_password_body(stage: Stage) -> None:
    for name in ("password", "address"):
        answer = stage.wrong[name].result()
        body = answer.json()
        assert answer.status_code == 400
        assert body["error"] == "invalid_grant"
        assert body["error_description"] == "invalid_username_or_password"
        assert body["ErrorModel"]["Object"] == "error"
        assert body["ErrorModel"]["Message"]
        assert "TwoFactorProviders2" not in body
    for name in ("no address", "no password"):
        assert stage.wrong[name].result().status_code == 400


def test_rule_device_fields_missing(stage: Stage) -> None:
    for name in ("deviceType", "deviceIdentifier", "deviceName"):
        form = dict(stage.admin.form)
        del form[name]
        answer = stage.wire.token(form)
        assert answer.status_code == 400
        assert answer.json()["error"] == "device_error"
        assert answer.json()["error_description"] == "No device information provided"


def test_rule_two_step_challenge_body(stage: Stage) -> None:
    for more in ({}, {"twoFactorToken": "123456"}, {"twoFactorProvider": "0"}):
        answer = stage.wire.token(stage.two_step.form | more)
        body = answer.json()
        assert answer.status_code == 400
        assert body["error"] == "invalid_grant"
        assert body["error_description"] == "Two factor required."
        assert body["TwoFactorProviders"] == ["0"]
        assert body["TwoFactorProviders2"] == {"0": None}
        assert body["MasterPasswordPolicy"]["Object"] == "masterPasswordPolicy"
        assert "access_token" not in body


def test_rule_wrong_two_step_code_body(stage: Stage) -> None:
    answer = stage.wrong["code"].result()
    body = answer.json()
    assert (answer.status_code, body["error"]) == (400, "invalid_grant")
    assert "two-step" in body["ErrorModel"]["Message"].lower()
    assert "TwoFactorProviders2" not in body


def test_rule_two_step_code_works_once(stage: Stage) -> None:
    again = stage.wrong["used code"].result()
    assert again.status_code == 400
    assert again.json()["ErrorModel"]["Message"]


def test_rule_two_step_code_is_mailed_to_who_proves_enough(stage: Stage) -> None:
    form = stage.mailed.form
    for email, secret in ((form["username"], "d3Jvbmc="), (fresh_address("nobody"), "d3Jvbmc=")):
        before = len(stage.inbox.server.mails())
        body = {"email": email, "masterPasswordHash": secret}
        answer = stage.wire.send("POST", "/api/two-factor/send-email-login", body)
        assert answer.status_code == 400
        assert len(stage.inbox.server.mails()) == before


def test_rule_api_key_that_is_wrong_is_an_invalid_client(stage: Stage) -> None:
    form = api_key_form(stage)
    for wrong in (
        {"client_secret": "wrong"},
        {"client_id": f"user.{new_id()}"},
        {"client_id": "desktop"},
    ):
        answer = stage.wire.token(form | wrong)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client")


def test_rule_auth_request_needs_a_device_the_account_has_used(stage: Stage) -> None:
    for wrong in ({"deviceIdentifier": new_id()}, {"email": fresh_address("nobody")}):
        body = auth_request(stage) | wrong
        answer = stage.wire.send("POST", "/api/auth-requests", body)
        assert answer.status_code == 400
        assert answer.json()["message"] == "User or known device not found."


def test_rule_auth_request_is_read_with_its_access_code_only(stage: Stage) -> None:
    made = stage.wire.send("POST", "/api/auth-requests", auth_request(stage)).json()
    path = f"/api/auth-requests/{made['id']}/response?code="
    assert stage.wire.send("GET", path + "contract-access-code-1235").status_code == 404
    assert stage.wire.send("GET", path + "contract-access-code-1234").status_code == 200


def test_rule_two_step_remember_needs_the_digit_one(stage: Stage) -> None:
    account = stage.two_step
    code = {"twoFactorProvider": "0", "twoFactorToken": account.code()}
    said_true = stage.wire.token(account.form | code | {"twoFactorRemember": "true"})
    assert said_true.status_code == 200
    assert "TwoFactorToken" not in said_true.json()
    remembered = stage.roles["careful"].answer["TwoFactorToken"]
    again = {"twoFactorProvider": "5", "twoFactorToken": remembered}
    assert stage.wire.token(stage.careful.form | again).status_code == 200
    again["twoFactorToken"] = remembered[:-4] + "AAAA"
    spoiled = stage.wire.token(stage.careful.form | again)
    assert spoiled.status_code == 400
    assert spoiled.json()["TwoFactorProviders2"] == {"0": None}


def test_rule_refresh_token_is_reused(stage: Stage) -> None:
    person = stage.roles["stranger"]
    for _ in range(3):
        answer = person.refresh()
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] == person.refresh_token
        assert answer.json()["token_type"] == "Bearer"
        assert "Key" not in answer.json()


def test_rule_dead_refresh_token_is_invalid_grant(stage: Stage) -> None:
    form = {"grant_type": "refresh_token", "client_id": "desktop", "refresh_token": new_id()}
    answer = stage.wire.token(form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_rule_access_token_claims(stage: Stage) -> None:
    assert stage.admin.token is not None
    found = claims(stage.admin.token)
    assert found["email"] == stage.admin.email
    assert found["sub"] == stage.admin.get("/api/accounts/profile")["id"]
    assert found["sstamp"]
    assert found["exp"] - found["iat"] == 3600
    answer = stage.admin.refresh().json()
    assert (answer["expires_in"], answer["token_type"]) == (3600, "Bearer")
    assert set(answer["scope"].split()) == {"api", "offline_access"}
    assert _ids(found["providerprovideradmin"]) == [stage.provider]
    service = stage.roles["service_user"]
    owner = stage.roles["org_owner"]
    user = stage.roles["org_user"]
    assert service.token is not None
    assert owner.token is not None
    assert user.token is not None
    assert _ids(claims(service.token)["providerserviceuser"]) == [stage.provider]
    assert stage.client.org in _ids(claims(owner.token)["orgowner"])
    assert stage.client.org in _ids(claims(user.token)["orguser"])


def _ids(claim: object) -> list[object]:
    """A claim that occurs once is a text, several times a list."""
    return claim if isinstance(claim, list) else [claim]


def test_rule_role_claims_change_with_refresh_only(stage: Stage) -> None:
    person = stage.roles["joiner"]
    stage.accepted_colleague(person)
    person.refresh()
    stage.confirmed_colleague(person, SERVICE_USER)
    path = f"{stage.provider_path}/organizations"
    assert person.send("GET", path).status_code == 403
    assert person.refresh().status_code == 200
    assert person.send("GET", path).status_code == 200
    row = stage.colleague(person.email)
    assert row is not None
    stage.admin.done("DELETE", f"{stage.provider_path}/users/{row['id']}")
    assert person.refresh().status_code == 200
    assert person.send("GET", path).status_code == 403


def test_rule_prelogin_of_an_unknown_address_is_stable(stage: Stage) -> None:
    address = fresh_address("nobody")
    known = stage.wire.send(
        "POST", "/identity/accounts/prelogin/password", {"email": stage.admin.email}
    ).json()
    for path in ("prelogin", "prelogin/password"):
        answers = [
            stage.wire.send("POST", f"/identity/accounts/{path}", {"email": email})
            for email in (address, address, address.upper())
        ]
        assert [answer.status_code for answer in answers] == [200] * 3
        assert len({answer.text for answer in answers}) == 1
        assert set(answers[0].json()) == set(known)
        assert answers[0].json()["salt"] in (None, address)


def test_rule_user_key_id_is_set_once(stage: Stage) -> None:
    person = stage.roles["org_owner"]
    path = "/api/accounts/key-management/user-key-id"
    for wrong in ("", "0" * 31, "0" * 33, "A" * 32, "g" * 32):
        assert person.send("POST", path, {"userKeyId": wrong}).status_code == 400
    person.done("POST", path, {"userKeyId": "0123456789abcdef" * 2})
    assert person.send("POST", path, {"userKeyId": "f" * 32}).status_code == 400


def test_rule_provider_organizations_in_the_profile_look_like_an_owners(stage: Stage) -> None:
    profile = stage.roles["service_user"].get("/api/accounts/profile")
    assert [row["id"] for row in profile["providers"]] == [stage.provider]
    assert profile["providers"][0]["key"].startswith("4.")
    assert profile["providers"][0]["object"] == "profileProvider"
    entries = {row["id"]: row for row in profile["providerOrganizations"]}
    entry = entries[stage.client.org]
    assert (entry["type"], entry["status"]) == (0, 2)
    assert entry["key"].startswith("2.")
    assert entry["object"] == "profileProviderOrganization"
    assert entry["providerId"] == stage.provider
    assert not any(value for name, value in entry["permissions"].items() if name != "object")
    assert profile["organizations"] == []


def test_rule_accepted_membership_is_in_organizations_new_only(stage: Stage) -> None:
    client = stage.new_client()
    person = stage.roles["guest"]
    stage.accepted_member(client.org, person)
    profile = person.get("/api/accounts/profile")
    assert client.org not in [row["id"] for row in profile["organizations"]]
    assert client.org in [row["id"] for row in profile["organizationsNew"]]

"""For every endpoint of `server_facts.toml`: a good request, freshly prepared.

A maker takes the stage and the person who will ask, and gives what fills the path and the body.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.contract.stage import (
    OWNER,
    SERVICE_USER,
    USER,
    Stage,
    fresh,
    fresh_address,
    import_body,
    imported_collection,
    login,
    selection,
)
from tests.contract.wire import Json, Person, encrypted, public_key, wrapped_key


@dataclass
class Ask:
    """What fills the path, and the body."""

    fill: dict[str, str] = field(default_factory=dict)
    body: Any = None


Maker = Callable[[Stage, Person], Ask]
MAKERS: dict[str, Maker] = {}


def maker(*names: str) -> Callable[[Maker], Maker]:
    def keep(function: Maker) -> Maker:
        for name in names:
            MAKERS[name] = function
        return function

    return keep


def prepare(name: str, stage: Stage, person: Person) -> Ask:
    ask = MAKERS[name](stage, person)
    ask.fill = {"provider": stage.provider, "org": stage.client.org} | ask.fill
    return ask


@maker(
    "config", "sync", "profile", "profile-member", "revision-date", "provider-get",
    "provider-organizations", "provider-subscription", "provider-events", "provider-users",
    "organization-get", "organization-public-key", "collections", "collections-details", "members",
    "policies", "policy-get", "organization-events", "alive", "clients-addable",
    "organization-metadata", "members-mini", "collections-own",
)  # fmt: skip
def plain(_stage: Stage, _person: Person) -> Ask:
    return Ask()


@maker("prelogin-password", "prelogin")
def prelogin(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"email": stage.admin.email})


@maker("token-password")
def token_password(stage: Stage, _person: Person) -> Ask:
    return Ask(body=dict(stage.admin.form))


@maker("token-refresh")
def token_refresh(stage: Stage, _person: Person) -> Ask:
    body = {"grant_type": "refresh_token", "client_id": "desktop"}
    return Ask(body=body | {"refresh_token": stage.admin.refresh_token})


@maker("token-two-step")
def token_two_step(stage: Stage, _person: Person) -> Ask:
    code = {"twoFactorProvider": "0", "twoFactorToken": stage.careful.code()}
    return Ask(body=stage.careful.form | code | {"twoFactorRemember": "1"})


@maker("token-api-key")
def token_api_key(stage: Stage, _person: Person) -> Ask:
    return Ask(body=api_key_form(stage))


@maker("send-email-login")
def send_email_login(stage: Stage, _person: Person) -> Ask:
    form = stage.mailed.form
    return Ask(body={"email": form["username"], "masterPasswordHash": form["password"]})


@maker("resend-new-device-otp")
def resend_new_device_otp(stage: Stage, _person: Person) -> Ask:
    form = stage.admin.form
    return Ask(body={"email": form["username"], "masterPasswordHash": form["password"]})


@maker("sso-prevalidate")
def sso_prevalidate(stage: Stage, _person: Person) -> Ask:
    stage.inbox.ways(stage.mailed.form["username"], sso="contract")
    return Ask(fill={"hint": "contract"})


@maker("auth-request-create")
def auth_request_create(stage: Stage, _person: Person) -> Ask:
    return Ask(body=auth_request(stage))


@maker("auth-request-response")
def auth_request_response(stage: Stage, _person: Person) -> Ask:
    body = auth_request(stage)
    made = stage.wire.send("POST", "/api/auth-requests", body).json()
    return Ask(fill={"request": made["id"], "code": str(body["accessCode"])})


def api_key_form(stage: Stage) -> dict[str, str]:
    """The admin's own API key, from the device that signed in before."""
    made = stage.inbox.ways(stage.admin.email)
    device = {name: value for name, value in stage.admin.form.items() if "device" in name}
    return device | {
        "grant_type": "client_credentials",
        "client_id": made["clientId"],
        "client_secret": made["clientSecret"],
        "scope": "api",
    }


def auth_request(stage: Stage) -> dict[str, object]:
    """A request to the admin's other devices."""
    return {
        "email": stage.admin.email,
        "publicKey": public_key(),
        "deviceIdentifier": stage.admin.form["deviceIdentifier"],
        "accessCode": "contract-access-code-1234",
        "type": 0,
    }


@maker("user-key-id")
def user_key_id(_stage: Stage, _person: Person) -> Ask:
    return Ask(body={"userKeyId": "0123456789abcdef0123456789abcdef"})


@maker("client-create")
def client_create(stage: Stage, _person: Person) -> Ask:
    return Ask(body=stage.client_body())


@maker("client-update")
def client_update(stage: Stage, _person: Person) -> Ask:
    client = stage.new_client()
    body = {"name": fresh("Renamed"), "assignedSeats": client.seats}
    return Ask({"provider_org": client.provider_org}, body)


@maker("provider-users-invite")
def provider_invite(_stage: Stage, _person: Person) -> Ask:
    return Ask(body={"emails": [fresh_address("colleague")], "type": SERVICE_USER})


@maker("provider-users-accept")
def provider_accept(stage: Stage, person: Person) -> Ask:
    email = person.email or stage.roles["joiner"].email
    before = stage.colleague(email)
    if before is not None:
        stage.admin.done("DELETE", f"{stage.provider_path}/users/{before['id']}")
    colleague = stage.invited_colleague(email)
    return Ask({"provider_user": colleague}, {"token": stage.inbox.token(colleague, email)})


@maker("provider-users-confirm")
def provider_confirm(stage: Stage, _person: Person) -> Ask:
    colleague = stage.accepted_colleague(stage.roles["joiner"])
    return Ask({"provider_user": colleague}, {"key": wrapped_key()})


@maker("provider-users-confirm-bulk")
def provider_confirm_bulk(stage: Stage, _person: Person) -> Ask:
    colleague = stage.accepted_colleague(stage.roles["joiner"])
    return Ask(body={"keys": [{"id": colleague, "key": wrapped_key()}]})


@maker("provider-users-reinvite", "provider-users-remove")
def provider_invited(stage: Stage, _person: Person) -> Ask:
    return Ask({"provider_user": stage.invited_colleague()})


@maker("provider-users-reinvite-bulk", "provider-users-remove-bulk")
def provider_invited_ids(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"ids": [stage.invited_colleague(), stage.invited_colleague()]})


@maker("provider-users-role")
def provider_role(stage: Stage, _person: Person) -> Ask:
    return Ask({"provider_user": stage.invited_colleague()}, {"type": 0})


@maker("provider-users-public-keys")
def provider_public_keys(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"ids": [stage.accepted_colleague(stage.roles["joiner"])]})


@maker("user-public-key")
def user_public_key(stage: Stage, _person: Person) -> Ask:
    return Ask({"user": stage.admin.user})


def _collection_body(stage: Stage) -> Json:
    return {
        "name": encrypted(),
        "externalId": "contract",
        "groups": [],
        "users": [selection(stage.client.owner, manage=True)],
    }


@maker("collection-create")
def collection_create(stage: Stage, _person: Person) -> Ask:
    return Ask(body=_collection_body(stage))


@maker("collection-update")
def collection_update(stage: Stage, _person: Person) -> Ask:
    return Ask({"collection": stage.new_collection(stage.client)}, _collection_body(stage))


@maker("collection-delete")
def collection_delete(stage: Stage, _person: Person) -> Ask:
    return Ask({"collection": stage.new_collection(stage.client)})


@maker("collections-bulk-access")
def collections_bulk_access(stage: Stage, _person: Person) -> Ask:
    ids = [stage.new_collection(stage.client), stage.new_collection(stage.client)]
    groups = [selection(stage.new_group(stage.client), readOnly=True)]
    return Ask(body={"collectionIds": ids, "groups": groups, "users": []})


@maker("groups", "groups-details")
def groups(stage: Stage, _person: Person) -> Ask:
    stage.new_group(stage.client)
    return Ask()


@maker("group-create")
def group_create(stage: Stage, _person: Person) -> Ask:
    access = [selection(stage.new_collection(stage.client), manage=True)]
    return Ask(body={"name": fresh("Group"), "collections": access, "users": []})


@maker("group-update")
def group_update(stage: Stage, _person: Person) -> Ask:
    group = stage.new_group(stage.client)
    access = [selection(stage.new_collection(stage.client), readOnly=True)]
    body = {"name": fresh("Group"), "collections": access, "users": [stage.client.owner]}
    # An owner may not put themselves into a group while administrators are not let in by setting.
    return Ask({"group": group}, body if _person is stage.admin else body | {"users": []})


@maker("group-delete")
def group_delete(stage: Stage, _person: Person) -> Ask:
    return Ask({"group": stage.new_group(stage.client)})


@maker("members-invite")
def members_invite(_stage: Stage, _person: Person) -> Ask:
    body = {"emails": [fresh_address("member")], "type": USER, "collections": [], "groups": []}
    return Ask(body=body)


@maker("members-accept")
def members_accept(stage: Stage, person: Person) -> Ask:
    email = person.email or stage.roles["guest"].email
    before = stage.member(stage.client.org, email)
    if before is not None:
        stage.admin.done("DELETE", f"{stage.client.path}/users/{before['id']}")
    member = stage.invited_member(stage.client.org, email)
    return Ask({"member": member}, {"token": stage.inbox.token(member, email)})


@maker("members-confirm")
def members_confirm(stage: Stage, _person: Person) -> Ask:
    member = stage.accepted_member(stage.client.org, stage.roles["guest"])
    return Ask({"member": member}, {"key": wrapped_key()})


@maker("members-confirm-bulk")
def members_confirm_bulk(stage: Stage, _person: Person) -> Ask:
    member = stage.accepted_member(stage.client.org, stage.roles["guest"])
    return Ask(body={"keys": [{"id": member, "key": wrapped_key()}]})


@maker("members-reinvite", "members-remove")
def members_invited(stage: Stage, _person: Person) -> Ask:
    return Ask({"member": stage.invited_member(stage.client.org)})


@maker("members-reinvite-bulk", "members-remove-bulk")
def members_invited_ids(stage: Stage, _person: Person) -> Ask:
    ids = [stage.invited_member(stage.client.org), stage.invited_member(stage.client.org)]
    return Ask(body={"ids": ids})


@maker("members-update")
def members_update(stage: Stage, _person: Person) -> Ask:
    member = stage.invited_member(stage.client.org)
    body = {
        "type": 1, "accessSecretsManager": False, "permissions": None,
        "collections": [selection(stage.new_collection(stage.client), readOnly=True)],
        "groups": [],
    }  # fmt: skip
    return Ask({"member": member}, body)


@maker("members-public-keys")
def members_public_keys(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"ids": [stage.accepted_member(stage.client.org, stage.roles["guest"])]})


@maker("members-recovery-details")
def members_recovery_details(stage: Stage, _person: Person) -> Ask:
    return Ask({"member": stage.accepted_member(stage.client.org, stage.roles["guest"])})


@maker("policy-put")
def policy_put(_stage: Stage, _person: Person) -> Ask:
    return Ask(body={"policy": {"enabled": True, "data": None}, "metadata": None})


@maker("import-organization")
def import_organization(stage: Stage, _person: Person) -> Ask:
    item = login(organizationId=stage.client.org)
    return Ask(body=import_body([item], [imported_collection()], [(0, 0)]))


@maker("organization-details")
def organization_details(stage: Stage, _person: Person) -> Ask:
    stage.import_into(stage.client, import_body([login()]))
    return Ask()


@maker("client-detach")
def client_detach(stage: Stage, _person: Person) -> Ask:
    client = stage.new_client()
    stage.confirmed_member(client.org, stage.roles["guest"], type=OWNER)
    return Ask({"provider_org": client.provider_org})


@maker("provider-user-get", "provider-user-events")
def provider_user_get(stage: Stage, _person: Person) -> Ask:
    row = stage.colleague(stage.roles["service_user"].email)
    assert row is not None
    return Ask({"provider_user": row["id"]})


@maker("organization-update")
def organization_update(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"name": stage.client.name})


@maker("collection-management")
def collection_management(_stage: Stage, _person: Person) -> Ask:
    return Ask(body={"allowAdminAccessToAllCollectionItems": False})


@maker("collection-get", "collection-get-details")
def collection_get(stage: Stage, _person: Person) -> Ask:
    return Ask({"collection": stage.new_collection(stage.client)})


@maker("collections-delete-bulk")
def collections_delete_bulk(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"ids": [stage.new_collection(stage.client) for _ in range(2)]})


@maker("group-get", "group-get-details", "group-users")
def group_get(stage: Stage, _person: Person) -> Ask:
    return Ask({"group": stage.new_group(stage.client, users=[stage.client.owner])})


@maker("groups-delete-bulk")
def groups_delete_bulk(stage: Stage, _person: Person) -> Ask:
    return Ask(body={"ids": [stage.new_group(stage.client) for _ in range(2)]})


@maker("member-get", "member-events")
def member_get(stage: Stage, _person: Person) -> Ask:
    return Ask({"member": stage.client.owner})

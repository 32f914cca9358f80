"""The kinds of work a plan is made of: frozen, tagged, serialisable; no I/O and no secrets.

A step says what it does to a person (`say`), which request it costs (`path`, `budget`), what it
needs first, how its work is recognised after an unclear outcome, and what undoes it. References to
things that do not exist yet are written `@key` and mean the result of the step with that key.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Final, NewType
from uuid import UUID

import msgspec

from desktop.domain.enums import (
    OrganizationUserType,
    PlanType,
    PolicyType,
    ProviderUserType,
)
from desktop.domain.ids import (
    OrganizationId,
    OrganizationUserId,
    ProviderId,
    ProviderOrganizationId,
    ProviderUserId,
    UserId,
)
from desktop.domain.items import Permission

State = dict[str, Any]
"""What one step sets, JSON-able; its form is told by each step that is put back."""

Ref = NewType("Ref", str)
"""An id as text, `@step.key` for the result of a step, or `@step.key#part` for a part of it."""

DEFAULT_COLLECTION = "default_collection"


def ref_to(step_key: str, part: str = "") -> Ref:
    """The result, or one part of the result, of the step with that key."""
    return Ref(f"@{step_key}#{part}" if part else f"@{step_key}")


def ref_of(value: UUID) -> Ref:
    """Something that exists already."""
    return Ref(str(value))


class Budget(StrEnum):
    """Which published limit a request falls under (protocol 1.4)."""

    WRITE = "write"
    INVITE = "invite"
    IMPORT = "import"
    READ = "read"


class Recogniser(StrEnum):
    """How a step's own work is found again after an unclear outcome."""

    ORGANIZATION_KEY = "organization_key"
    EXTERNAL_ID = "external_id"
    NAME_CIPHERTEXT = "name_ciphertext"
    NAME_AND_ABSENCE = "name_and_absence"
    EMAIL_IN_LIST = "email_in_list"
    STATUS = "status"
    FULL_STATE = "full_state"
    ABSENCE = "absence"
    READS_ONLY = "reads_only"
    NOTHING = "nothing"


class Inverse(StrEnum):
    """What a plan that undoes the step would do."""

    IRREVERSIBLE = "irreversible"
    DELETE = "delete"
    REMOVE = "remove"
    CREATE = "create"
    PUT_BACK = "put_back"
    NOT_NEEDED = "not_needed"


class Say(msgspec.Struct, frozen=True):
    """A sentence for a person: `key` is worded in views, `facts` fill it. Never a secret."""

    key: str
    facts: dict[str, str] = {}


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an access list. Exactly one of `group`, `member_email` or `owner` is set."""

    permission: Permission
    group: Ref | None = None
    member_email: str | None = None
    owner: bool = False


class CollectionAccess(msgspec.Struct, frozen=True, kw_only=True):
    """One collection in a group's or a person's list."""

    collection: Ref
    permission: Permission


class PlanStep(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all steps. `key` is unique within a plan, `needs` are keys that come before."""

    WORDING: ClassVar[str]
    BUDGET: ClassVar[Budget]
    RECOGNISER: ClassVar[Recogniser]
    INVERSE: ClassVar[Inverse]

    key: str
    needs: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        return {}

    @property
    def say(self) -> Say:
        return Say(self.WORDING, self.facts)

    @property
    def endpoint(self) -> str:
        """Verb and path as they count for the limits; unknown ids stay references."""
        raise NotImplementedError

    @property
    def reads(self) -> int:
        """Requests besides the write itself: preparing, settling, reading back."""
        return 1

    @property
    def shared(self) -> tuple[str, ...]:
        """Lists of the client that a run reads once for all its steps, on top of `reads`."""
        return ()


class CreateClient(PlanStep, frozen=True, kw_only=True, tag="create_client"):
    """A new client. Results: the organization id, part `default_collection` its collection."""

    WORDING: ClassVar[str] = "step.create_client"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.ORGANIZATION_KEY
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    provider: ProviderId | None = None
    name: str
    owner_email: str
    plan: PlanType
    seats: int
    default_collection: str

    @property
    def facts(self) -> dict[str, str]:
        return {
            "name": self.name,
            "email": self.owner_email,
            "seats": str(self.seats),
            "plan": str(int(self.plan)),
        }

    @property
    def endpoint(self) -> str:
        return "POST providers/clients"

    @property
    def reads(self) -> int:
        # Clients and seats before; clients, a new token, the profile, members, seats and
        # collections after.
        return 8


class UpdateClient(PlanStep, frozen=True, kw_only=True, tag="update_client"):
    """Name or seats of a client; what is None keeps what the server has just before.

    State: `name` and `seats`, those of them that are set.
    """

    WORDING: ClassVar[str] = "step.update_client"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.FULL_STATE
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    client: Ref
    provider_organization: ProviderOrganizationId | None = None
    client_name: str
    name: str | None = None
    seats: int | None = None
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        facts = {"client": self.client_name}
        if self.name is not None:
            facts["name"] = self.name
        if self.seats is not None:
            facts["seats"] = str(self.seats)
        return facts

    @property
    def say(self) -> Say:
        key = "step.update_client.name" if self.seats is None else "step.update_client.seats"
        return Say(key, self.facts)

    @property
    def endpoint(self) -> str:
        return f"PUT providers/clients/{self.client}"

    @property
    def reads(self) -> int:
        return 2


class CreateCollection(PlanStep, frozen=True, kw_only=True, tag="create_collection"):
    """A collection named by its whole path; `access` must hold one line that may manage."""

    WORDING: ClassVar[str] = "step.create_collection"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.EXTERNAL_ID
    INVERSE: ClassVar[Inverse] = Inverse.DELETE

    client: Ref
    path: str
    access: tuple[Access, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        return {"collection": self.path}

    @property
    def endpoint(self) -> str:
        return f"POST organizations/{self.client}/collections"

    @property
    def reads(self) -> int:
        return sum(line.member_email is not None for line in self.access)

    @property
    def shared(self) -> tuple[str, ...]:
        # In a client that this very run makes nobody else has made a collection.
        lists = () if self.client.startswith("@") else ("collections",)
        owner = ("owner",) if any(line.owner for line in self.access) else ()
        # Read once more when all steps of the client are done.
        return (*lists, *owner, "collections again")


class CreateGroup(PlanStep, frozen=True, kw_only=True, tag="create_group"):
    """A group with what it may do. Members come by invitation; `members` are there already."""

    WORDING: ClassVar[str] = "step.create_group"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.NAME_AND_ABSENCE
    INVERSE: ClassVar[Inverse] = Inverse.DELETE

    client: Ref
    name: str
    collections: tuple[CollectionAccess, ...] = ()
    members: tuple[OrganizationUserId, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        return {"group": self.name, "collections": str(len(self.collections))}

    @property
    def endpoint(self) -> str:
        return f"POST organizations/{self.client}/groups"

    @property
    def reads(self) -> int:
        return 2 if self.members else 1

    @property
    def shared(self) -> tuple[str, ...]:
        # Read once more when all steps of the client are done.
        return ("groups again",)


class SetGroupAccess(PlanStep, frozen=True, kw_only=True, tag="set_group_access"):
    """What a group may do on these collections; everything else of the group stays as it is.

    State: the permission by collection id, of the collections named here only.
    """

    WORDING: ClassVar[str] = "step.set_group_access"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.FULL_STATE
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    client: Ref
    group: Ref
    group_name: str
    collections: tuple[CollectionAccess, ...] = ()
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        return {"group": self.group_name, "collections": str(len(self.collections))}

    @property
    def endpoint(self) -> str:
        return f"PUT organizations/{self.client}/groups/{self.group}"

    @property
    def reads(self) -> int:
        return 3


class RenameCollection(PlanStep, frozen=True, kw_only=True, tag="rename_collection"):
    """A collection's whole path; those below it are renamed by steps of their own.

    State: `name`, the path in clear.
    """

    WORDING: ClassVar[str] = "step.rename_collection"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.FULL_STATE
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    client: Ref
    collection: Ref
    before: str
    path: str
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        return {"collection": self.before, "name": self.path}

    @property
    def endpoint(self) -> str:
        return f"PUT organizations/{self.client}/collections/{self.collection}"


class RenameGroup(PlanStep, frozen=True, kw_only=True, tag="rename_group"):
    """A group's name; its members and what it may do stay. State: `name`."""

    WORDING: ClassVar[str] = "step.rename_group"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.FULL_STATE
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    client: Ref
    group: Ref
    before: str
    name: str
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        return {"group": self.before, "name": self.name}

    @property
    def endpoint(self) -> str:
        return f"PUT organizations/{self.client}/groups/{self.group}"

    @property
    def reads(self) -> int:
        return 2


class DeleteCollection(PlanStep, frozen=True, kw_only=True, tag="delete_collection"):
    """A collection and who reaches it. Items in it stay in the vault, in no collection."""

    WORDING: ClassVar[str] = "step.delete_collection"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.ABSENCE
    INVERSE: ClassVar[Inverse] = Inverse.CREATE

    client: Ref
    collection: Ref
    path: str

    @property
    def facts(self) -> dict[str, str]:
        return {"collection": self.path}

    @property
    def endpoint(self) -> str:
        return f"DELETE organizations/{self.client}/collections/{self.collection}"

    @property
    def reads(self) -> int:
        return 4


class DeleteGroup(PlanStep, frozen=True, kw_only=True, tag="delete_group"):
    """A group; its members stay members of the client."""

    WORDING: ClassVar[str] = "step.delete_group"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.ABSENCE
    INVERSE: ClassVar[Inverse] = Inverse.CREATE

    client: Ref
    group: Ref
    name: str

    @property
    def facts(self) -> dict[str, str]:
        return {"group": self.name}

    @property
    def endpoint(self) -> str:
        return f"DELETE organizations/{self.client}/groups/{self.group}"

    @property
    def reads(self) -> int:
        return 3


class ImportItems(PlanStep, frozen=True, kw_only=True, tag="import_items"):
    """One request of items. Holds no item: which rows, how many, and where each one goes.

    `positions` are places in the file's sequence of items, `rows` the source row of each item,
    `relations` pairs of (item in this chunk, position in `collections`).
    """

    WORDING: ClassVar[str] = "step.import_items"
    BUDGET: ClassVar[Budget] = Budget.IMPORT
    RECOGNISER: ClassVar[Recogniser] = Recogniser.NAME_CIPHERTEXT
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    client: Ref
    number: int
    of: int
    positions: tuple[int, ...]
    rows: tuple[int, ...]
    collections: tuple[Ref, ...]
    relations: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def facts(self) -> dict[str, str]:
        return {"items": str(self.count), "number": str(self.number), "of": str(self.of)}

    @property
    def endpoint(self) -> str:
        return f"POST ciphers/import-organization?organizationId={self.client}"

    @property
    def reads(self) -> int:
        return 0

    @property
    def shared(self) -> tuple[str, ...]:
        return () if self.client.startswith("@") else ("collections",)


class VerifyImport(PlanStep, frozen=True, kw_only=True, tag="verify_import"):
    """Reads back what the chunks sent and compares it by opaque name ciphertext (T47, T49)."""

    WORDING: ClassVar[str] = "step.verify_import"
    BUDGET: ClassVar[Budget] = Budget.READ
    RECOGNISER: ClassVar[Recogniser] = Recogniser.READS_ONLY
    INVERSE: ClassVar[Inverse] = Inverse.NOT_NEEDED

    client: Ref
    items: int

    @property
    def facts(self) -> dict[str, str]:
        return {"items": str(self.items)}

    @property
    def endpoint(self) -> str:
        return f"GET ciphers/organization-details?organizationId={self.client}"

    @property
    def reads(self) -> int:
        return 0


class PutPolicy(PlanStep, frozen=True, kw_only=True, tag="put_policy"):
    """One policy: `data` goes over what stands, or with `exact` replaces it.

    `my_items` names the collection that data ownership makes for each member; `client_name` is
    said where a plan is about several clients. State: `enabled`, and `data` or None.
    """

    WORDING: ClassVar[str] = "step.put_policy"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.FULL_STATE
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    client: Ref
    type: PolicyType
    enabled: bool
    data: dict[str, Any] | None = None
    my_items: str = ""
    exact: bool = False
    client_name: str = ""
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        facts = {"policy": str(int(self.type)), "enabled": "yes" if self.enabled else "no"}
        return {**facts, "client": self.client_name} if self.client_name else facts

    @property
    def endpoint(self) -> str:
        return f"PUT organizations/{self.client}/policies/{int(self.type)}"

    @property
    def reads(self) -> int:
        # Its answer is the policy as stored.
        return 0

    @property
    def shared(self) -> tuple[str, ...]:
        return ("policies",)


class InviteMembers(PlanStep, frozen=True, kw_only=True, tag="invite_members"):
    """Up to 20 people of a client with one role and the same groups and collections."""

    WORDING: ClassVar[str] = "step.invite_members"
    BUDGET: ClassVar[Budget] = Budget.INVITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.EMAIL_IN_LIST
    INVERSE: ClassVar[Inverse] = Inverse.REMOVE

    client: Ref
    emails: tuple[str, ...]
    role: OrganizationUserType = OrganizationUserType.USER
    groups: tuple[Ref, ...] = ()
    collections: tuple[CollectionAccess, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        return {
            "people": str(len(self.emails)),
            "emails": ", ".join(self.emails),
            "role": str(int(self.role)),
        }

    @property
    def endpoint(self) -> str:
        return f"POST organizations/{self.client}/users/invite"

    @property
    def reads(self) -> int:
        return 2


class MemberKey(msgspec.Struct, frozen=True, kw_only=True):
    """A person to confirm, with the very key whose phrase was acknowledged (base64 SPKI)."""

    member: OrganizationUserId | ProviderUserId
    user: UserId
    email: str
    public_key: str


class ConfirmMembers(PlanStep, frozen=True, kw_only=True, tag="confirm_members"):
    """Hands the client's key to people whose phrase was acknowledged.

    `my_items` names the collection of their own that they get where data ownership is enforced.
    """

    WORDING: ClassVar[str] = "step.confirm_members"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.STATUS
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    client: Ref
    people: tuple[MemberKey, ...]
    my_items: str = "My items"

    @property
    def facts(self) -> dict[str, str]:
        return {
            "people": str(len(self.people)),
            "emails": ", ".join(person.email for person in self.people),
        }

    @property
    def endpoint(self) -> str:
        return f"POST organizations/{self.client}/users/confirm"

    @property
    def reads(self) -> int:
        return 2


class ClientPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a client a step acts on."""

    member: OrganizationUserId
    email: str


class RemoveMembers(PlanStep, frozen=True, kw_only=True, tag="remove_members"):
    """Takes people out of a client. `only_invited`: not those who have accepted meanwhile."""

    WORDING: ClassVar[str] = "step.remove_members"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.ABSENCE
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    client: Ref
    people: tuple[ClientPerson, ...]
    only_invited: bool = False

    @property
    def facts(self) -> dict[str, str]:
        return {
            "people": str(len(self.people)),
            "emails": ", ".join(person.email for person in self.people),
        }

    @property
    def endpoint(self) -> str:
        return f"DELETE organizations/{self.client}/users"

    @property
    def reads(self) -> int:
        return 2


class InviteProviderMembers(PlanStep, frozen=True, kw_only=True, tag="invite_provider_members"):
    """Up to 20 people of the provider's own staff."""

    WORDING: ClassVar[str] = "step.invite_provider_members"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.EMAIL_IN_LIST
    INVERSE: ClassVar[Inverse] = Inverse.REMOVE

    emails: tuple[str, ...]
    role: ProviderUserType = ProviderUserType.SERVICE_USER

    @property
    def facts(self) -> dict[str, str]:
        return {
            "people": str(len(self.emails)),
            "emails": ", ".join(self.emails),
            "role": str(int(self.role)),
        }

    @property
    def endpoint(self) -> str:
        return "POST providers/users/invite"

    @property
    def reads(self) -> int:
        return 2


class ProviderPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A staff member a step acts on."""

    member: ProviderUserId
    email: str


def _people_facts(people: tuple[ProviderPerson, ...]) -> dict[str, str]:
    return {
        "people": str(len(people)),
        "emails": ", ".join(person.email for person in people),
    }


class ResendProviderInvitations(
    PlanStep, frozen=True, kw_only=True, tag="resend_provider_invitations"
):
    """Sends invitation mails again. A sent mail leaves no trace to recognise."""

    WORDING: ClassVar[str] = "step.resend_provider_invitations"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.NOTHING
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    people: tuple[ProviderPerson, ...]

    @property
    def facts(self) -> dict[str, str]:
        return _people_facts(self.people)

    @property
    def endpoint(self) -> str:
        return "POST providers/users/reinvite"

    @property
    def reads(self) -> int:
        return 0


class ConfirmProviderMembers(PlanStep, frozen=True, kw_only=True, tag="confirm_provider_members"):
    """Hands the provider's key, and with it every client's, to acknowledged people."""

    WORDING: ClassVar[str] = "step.confirm_provider_members"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.STATUS
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    people: tuple[MemberKey, ...]

    @property
    def facts(self) -> dict[str, str]:
        return {
            "people": str(len(self.people)),
            "emails": ", ".join(person.email for person in self.people),
        }

    @property
    def endpoint(self) -> str:
        return "POST providers/users/confirm"

    @property
    def reads(self) -> int:
        return 2


class RemoveProviderMembers(PlanStep, frozen=True, kw_only=True, tag="remove_provider_members"):
    """Takes people off the provider's staff. `only_invited`: as for a client's people."""

    WORDING: ClassVar[str] = "step.remove_provider_members"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.ABSENCE
    INVERSE: ClassVar[Inverse] = Inverse.IRREVERSIBLE

    people: tuple[ProviderPerson, ...]
    only_invited: bool = False

    @property
    def facts(self) -> dict[str, str]:
        return _people_facts(self.people)

    @property
    def endpoint(self) -> str:
        return "DELETE providers/users"

    @property
    def reads(self) -> int:
        return 2


class SetProviderMemberRole(PlanStep, frozen=True, kw_only=True, tag="set_provider_member_role"):
    """Makes a staff member admin or service user. State: `role`, its number."""

    WORDING: ClassVar[str] = "step.set_provider_member_role"
    BUDGET: ClassVar[Budget] = Budget.WRITE
    RECOGNISER: ClassVar[Recogniser] = Recogniser.STATUS
    INVERSE: ClassVar[Inverse] = Inverse.PUT_BACK

    person: ProviderPerson
    role: ProviderUserType
    base: State | None = None

    @property
    def facts(self) -> dict[str, str]:
        return {"email": self.person.email, "role": str(int(self.role))}

    @property
    def endpoint(self) -> str:
        return f"PUT providers/users/{self.person.member}"

    @property
    def reads(self) -> int:
        return 2


AnyStep = (
    CreateClient
    | UpdateClient
    | CreateCollection
    | CreateGroup
    | SetGroupAccess
    | RenameCollection
    | RenameGroup
    | DeleteCollection
    | DeleteGroup
    | ImportItems
    | VerifyImport
    | PutPolicy
    | InviteMembers
    | ConfirmMembers
    | RemoveMembers
    | InviteProviderMembers
    | ResendProviderInvitations
    | ConfirmProviderMembers
    | RemoveProviderMembers
    | SetProviderMemberRole
)

# Steps that act on the provider itself: without one there is nobody to act on.
PROVIDER_STEPS: Final = (
    CreateClient,
    UpdateClient,
    InviteProviderMembers,
    ResendProviderInvitations,
    ConfirmProviderMembers,
    RemoveProviderMembers,
    SetProviderMemberRole,
)


def client_of(step: AnyStep) -> Ref | None:
    """The client a step works on, None where it is the provider itself."""
    if isinstance(step, CreateClient):
        return ref_to(step.key)
    return getattr(step, "client", None)


def id_in(ref: Ref) -> OrganizationId | None:
    """The organization id a reference already holds."""
    return None if ref.startswith("@") else OrganizationId(UUID(ref))

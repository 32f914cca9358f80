"""Before account recovery is switched on: whose public key will members wrap their keys for? (T15)

The server hands that key out. Whoever puts another one in its place reads the keys of all who
enrol. So it has to be the public half of the private key that opens under the organization's own
key.
"""

from __future__ import annotations

from desktop.crypto.encstring import decrypt
from desktop.crypto.rsa import PrivateKey, PublicKey
from desktop.crypto.secret import clear
from desktop.domain.errors import KeyBlocked, NotAllowed, NotOurServer
from desktop.domain.ids import OrganizationId
from desktop.domain.records import OrganizationMember
from desktop.services.pins import DERIVED, RECOVERY, UNPROVED
from desktop.services.run_context import RunContext

# Any member with an account shows the organization's private key; not every one may be asked for.
_TRIES = 3


async def check_recovery(context: RunContext, client: OrganizationId) -> None:
    """Raises KeyBlocked unless the server's key is the client's, BadPublicKey, CannotDecrypt."""
    link = context.link
    try:
        key = PublicKey.parse(await link.ask(link.api.organization_public_key(client)))
    except (NotAllowed, NotOurServer):
        raise KeyBlocked(RECOVERY, str(client), UNPROVED) from None
    if not link.pins.knows_recovery(client):
        own = await _own_half(context, client)
        if own is not None:
            link.pins.know_recovery(client, own, DERIVED)
    link.pins.check_recovery(client, key)


async def _own_half(context: RunContext, client: OrganizationId) -> PublicKey | None:
    """The public half of the client's private key; None where nobody shows it."""
    link = context.link
    people = [one for one in await context.members(client, again=False) if one.user_id is not None]
    for member in sorted(people, key=_enrolled_last)[:_TRIES]:
        try:
            wrapped = await link.ask(link.api.recovery_private_key(client, member.id))
        except (NotAllowed, NotOurServer):
            continue
        der = decrypt(link.session.org_key(client), wrapped)
        try:
            private = PrivateKey.from_pkcs8(der, authenticated=True)
        finally:
            clear(der)
        try:
            return private.public()
        finally:
            private.wipe()
    return None


def _enrolled_last(member: OrganizationMember) -> bool:
    """Of those who did not enrol the answer holds no key of theirs."""
    return member.reset_password_enrolled

"""Looking at the certificate of a server that is not trusted yet; no request is sent (T25)."""

from __future__ import annotations

from desktop.api.certificates import authority_of
from desktop.api.clock import Clock
from desktop.api.link import Call, Link
from desktop.api.proxy import Proxies
from desktop.api.server import ServerAddress
from desktop.domain.authority import Authority
from desktop.domain.errors import UntrustedCertificate


async def shown_authority(
    server: ServerAddress, proxies: Proxies, clock: Clock
) -> Authority | None:
    """What everything the server shows hangs on; None where it showed nothing readable.

    The handshake trusts nobody and fails for every server, by the same road as a request would
    take. Raises Offline, ProxyFailed.
    """
    link = Link(server.under(None), proxies=proxies, clock=clock)
    shown = link.trust_nobody()
    try:
        await link.exchange(Call("GET", server.api, {}))
    except UntrustedCertificate:
        return authority_of(shown.chain, server.api, clock.now())
    finally:
        await link.close()
    raise AssertionError("a handshake that trusts nobody came to its end")

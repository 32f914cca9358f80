"""Single sign-on: the person's own browser, a page of the server, and the way back to us."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from typing import Final

from desktop.api.client import Api
from desktop.api.clock import Clock
from desktop.api.loopback import Loopback
from desktop.api.proofs import BrowserProof

# How long a person has in the browser: the server's own limit.
BROWSER_DEADLINE_S: Final = 300.0


async def browser_proof(
    api: Api,
    email: str,
    organization: str,
    open_browser: Callable[[str], object],
    *,
    page: str,
    clock: Clock,
) -> BrowserProof:
    """What the browser brings back, for one sign-in. `open_browser` gets an address of the server;
    `page` is the document shown at the end. Raises BrowserSignInFailed, Offline, NotOurServer.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    loopback = await Loopback.open(state, page)
    try:
        address = await api.sso_page(
            organization.strip(), loopback.redirect_uri, state=state, code_challenge=challenge
        )
        open_browser(address)
        code = await loopback.code(BROWSER_DEADLINE_S, clock)
    finally:
        await loopback.close()
    return BrowserProof(email, code, verifier, loopback.redirect_uri)

"""A whole desk in a process of its own: sign in, import, confirm, lock; then a search for keys.

`python -m tests.end2end.memory_probe URL CA EMAIL PASSWORD FOLDER` writes JSON on stdout. `before`
and `after` are keys, `evidence` is what we promise effort for only (T80): password and item secret.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from pathlib import Path

from desktop.crypto.seal import DataKey
from tests.crypto.memory_probe import halves, inverted, search
from tests.end2end.stage import Account, setup, signed_in


async def session(account: Account, folder: Path) -> dict[str, dict[str, int]]:
    needles: dict[str, bytes] = {}
    async with signed_in(account, folder) as desk:
        plan, preview = setup("memory")
        report = await desk.runs.execute(plan, preview=preview)
        del plan, preview
        assert report.organization_id is not None
        await desk.workspace.open(report.organization_id)
        living = {
            "user": desk.session.user_key,
            "provider": desk.session.provider_key,
            "client": desk.session.org_key(report.organization_id),
        }
        for name, key in living.items():
            needles |= halves(name, key.view())
        for secret in desk._registry.secrets():
            if isinstance(secret, DataKey):
                needles |= halves("data", secret.view())
        before = search(needles)
        del key, secret, living
        await desk.lock()
    gc.collect()
    evidence = {"password": inverted(memoryview(account.password.encode()))}
    # The needle of the item secret is put together so that this source holds no copy of it.
    evidence["item"] = inverted(memoryview("-".join(("secret", "17")).encode()))
    return {"before": before, "after": search(needles), "evidence": search(evidence)}


def main() -> int:
    url, ca, email, password, folder = sys.argv[1:]
    found = asyncio.run(session(Account(url, ca, email, password), Path(folder)))
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

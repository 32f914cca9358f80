"""What the program is made of, for whoever watches for bad news: CycloneDX from the locks (T98).

Standard library only, and the same bytes each time: no date, no random number. Hashes are those
that an installation demands; licences come from what is installed.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from pathlib import Path
from typing import Any

from dev_environment import ROOT

_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s\\;]+)(?:\s*;\s*(?P<only>[^\\\n]+?))?\s*\\?$"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VERSION = re.compile(r'__version__ = "([^"]+)"')


def components(lock: Path) -> list[dict[str, Any]]:
    """Each package of a lock, in its order."""
    found: list[dict[str, Any]] = []
    for line in lock.read_text("utf-8").splitlines():
        entry = _ENTRY.match(line)
        if entry is not None:
            found.append(_component(entry["name"], entry["version"], entry["only"]))
        for digest in _HASH.findall(line):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest})
    return found


def _component(name: str, version: str, only: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [],
    }
    licence = _licence(name)
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    if only is not None:
        made["properties"] = [{"name": "claviger:only", "value": only.strip()}]
    return made


def _licence(name: str) -> str:
    """As the package says it; empty where it is for another system and not installed."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    for field in ("License-Expression", "License"):
        said = str((metadata.get_all(field) or [""])[0]).strip()
        if said and "\n" not in said:
            return said
    told = [str(line) for line in metadata.get_all("Classifier") or []]
    return next((line.split(" :: ")[-1] for line in told if line.startswith("License ::")), "")


def sbom() -> str:
    """The whole as JSON text."""
    source = (ROOT / "desktop" / "__init__.py").read_text("utf-8")
    found = _VERSION.search(source)
    version = found[1] if found is not None else "0"
    own = {
        "type": "application",
        "bom-ref": "claviger",
        "name": "claviger",
        "version": version,
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
    }
    parts = components(ROOT / "packaging" / "requirements.lock")
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": parts,
        "dependencies": [{"ref": "claviger", "dependsOn": [one["bom-ref"] for one in parts]}],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def main(words: list[str]) -> int:
    """Write it to the file that is named."""
    out = Path(words[0])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(sbom(), "utf-8")
    print(f"Written: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

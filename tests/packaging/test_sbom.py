"""What the program is made of is told whole, with the hashes that an installation demands (T98)."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import dev
import pytest
from dev_sbom import components, sbom

LOCK = Path(__file__).resolve().parents[2] / "packaging" / "requirements.lock"


def test_t98_every_package_of_the_lock_is_in_it_with_all_its_hashes() -> None:
    text = LOCK.read_text("utf-8")
    told = json.loads(sbom())
    parts = {one["name"]: one for one in told["components"]}
    pinned = dict(re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", text))
    assert {name: one["version"] for name, one in parts.items()} == pinned
    hashes = [one["content"] for part in told["components"] for one in part["hashes"]]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", text)
    assert all(part["hashes"] for part in told["components"])
    assert told["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in told["components"]]


def test_it_is_the_same_each_time_and_names_licences_and_systems() -> None:
    told = json.loads(sbom())
    assert sbom() == sbom()
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    assert told["metadata"]["component"]["name"] == "claviger"
    by_name = {one["name"]: one for one in told["components"]}
    assert by_name["httpx"]["licenses"][0]["license"]["name"].startswith("BSD")
    elsewhere = [one for one in told["components"] if "properties" in one]
    assert elsewhere
    assert all(one["properties"][0]["value"] for one in elsewhere)


def test_a_line_that_is_no_package_is_none(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    digest = "a" * 64
    lock.write_text(
        f"# a remark\none==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{digest}\n", "utf-8"
    )
    (part,) = components(lock)
    assert (part["name"], part["version"]) == ("one", "1.0")
    assert part["properties"][0]["value"] == "sys_platform == 'win32'"
    assert [one["content"] for one in part["hashes"]] == [digest]


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_ready", lambda *, dev: Path(sys.executable) if dev else None)
    out = tmp_path / "build" / "sbom.json"
    assert dev.main(["sbom", "--out", str(out)]) == 0
    assert out.read_text("utf-8") == sbom()

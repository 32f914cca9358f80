"""How a measured process tells what it found. Imports nothing, for it is part of what is timed."""

from __future__ import annotations


def memory_mb(field: str, pid: int | str = "self") -> float:
    """A field of a process's memory (Linux): VmRSS now, VmHWM at its peak.

    The peak that `getrusage` tells is useless here: it starts with that of the parent.
    """
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123 - pathlib is an import
        for line in status:
            name, _, rest = line.partition(":")
            if name == field:
                return int(rest.split()[0]) * 1024 / 1e6
    raise KeyError(field)


def processor_s(pid: int) -> float:
    """The processor time a process has used, in hundredths of a second (Linux)."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:  # noqa: PTH123 - pathlib is an import
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def say(**facts: float | list[float]) -> None:
    """One line of JSON."""
    print("{" + ", ".join(f'"{name}": {value!r}' for name, value in facts.items()) + "}")

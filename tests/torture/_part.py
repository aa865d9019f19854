"""One part of what is tried, in whatever process."""

import importlib
import traceback

__all__ = ["tried"]


def tried(name: str) -> tuple[str, list[str]]:
    """Run one part; give the traceback of its fault, or nothing, and its figures."""
    lines: list[str] = []
    module = importlib.import_module(f"tests.torture.{name}")
    try:
        module.run(lines.append, rounds=module.ROUNDS)
    except Exception:  # noqa: BLE001  # whatever it is, it is the result
        return traceback.format_exc(), lines
    return "", lines

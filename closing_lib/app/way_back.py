"""The way back for a browser that was in before: what a folder keeps so that a tab of yesterday works today.

Each start has a word of its own, the token. It is made of the folder's secret, the port, and what that start tells
anyone who asks, `once`. A browser that is in keeps the key of its address, and makes the word of the next start by
itself. While the kit is closed, another account of the machine may listen at its port: all it can hear is a word that
opens nothing any more. And from one port it cannot get into another, since each has its own key.

Standard library only: ``start.py`` uses it before anything is installed.
"""

from __future__ import annotations

import hmac
import json
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from closing_lib.files import write_whole

KEPT = Path(".jupyter", "way_back.json")


@dataclass(frozen=True)
class WayBack:
    """What a folder keeps from one start to the next: its secret, and the port of its pages."""

    secret: str
    port: int | None = None

    def key(self, port: int) -> str:
        """What a browser keeps for an address."""
        return _keyed(self.secret, str(port))


def way_back(data: Path) -> WayBack:
    """The one that is kept in a folder of data; a new one where there is none, or none that can be read."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        kept = WayBack(**json.loads((data / KEPT).read_bytes()))
        if len(kept.secret) >= 64 and (kept.port is None or 0 < kept.port < 65536):
            return kept
    return WayBack(secrets.token_hex(32))


def keep(data: Path, kept: WayBack) -> None:
    """Keep it for the next start, for the folder's owner alone."""
    if kept != way_back(data):
        write_whole(data / KEPT, json.dumps(asdict(kept)).encode())


def token_of(key: str, once: str) -> str:
    """The word that opens one start, for whoever has the key."""
    return _keyed(key, once)


def _keyed(key: str, said: str) -> str:
    return hmac.new(key.encode(), said.encode(), "sha256").hexdigest()

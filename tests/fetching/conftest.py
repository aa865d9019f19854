"""What the tests of fetching share: every attempt to connect, and a certificate."""

import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Connections:
    """Every address that this process tried to connect to, while it is watched."""

    watched: bool = False
    tried: list[tuple[str, int]] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an attempt; let none pass that would leave this machine."""
        if not self.watched or event != "socket.connect":
            return
        address = arguments[1]
        if isinstance(address, tuple):
            self.tried.append((str(address[0]), int(address[1])))
            if not str(address[0]).startswith(("127.", "::1")):
                msg = "the tests speak to this machine alone"
                raise OSError(msg)


_CONNECTIONS = Connections()
sys.addaudithook(_CONNECTIONS.hear)


@pytest.fixture
def connections() -> Iterator[Connections]:
    _CONNECTIONS.tried.clear()
    _CONNECTIONS.watched = True
    yield _CONNECTIONS
    _CONNECTIONS.watched = False


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A server's certificate for ``media.test`` alone, and who trusts it."""

    server: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder: Path = tmp_path_factory.mktemp("certificate")
    pem, key = folder / "media.test.pem", folder / "media.test.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=media.test", "-addext", "subjectAltName=DNS:media.test",
         "-keyout", str(key), "-out", str(pem)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem, key)
    trusting = ssl.create_default_context(cafile=str(pem))
    return Certificate(server=server, trusting=trusting)

"""nginx in front of servers of ours, set up as docs/running says."""

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.served import PROJECT, free_port

__all__ = ["PURGE", "Front", "fronted"]

CONF = PROJECT / "docs" / "running" / "nginx.conf"
PURGE = PROJECT / "docs" / "running" / "purge-nginx"
_KEPT = "/var/cache/nginx/peru-media"
_SERVERS = re.compile(r"(?:^ +server 127\.0\.0\.1:\d+ .*\n)+", re.MULTILINE)
_WHOLE = """\
daemon off; {user}worker_processes 1; pid {run}/pid; error_log {run}/error.log warn;
events {{ worker_connections 2048; }}
http {{
  access_log {run}/access.log;
  client_body_temp_path {run}/b; proxy_temp_path {run}/p; fastcgi_temp_path {run}/f;
  uwsgi_temp_path {run}/u; scgi_temp_path {run}/s;
  include {run}/peru-media.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Front:
    """A running nginx: its address, the folder of its cache, its process."""

    url: str
    cache: Path
    pid: int

    def purge_command(self, path: str = "{url}") -> list[str]:
        """What empties it of one address: a command, word by word."""
        url = path if path == "{url}" else self.url + path
        return ["env", f"PERU_MEDIA_CACHE={self.cache}", str(PURGE), url]


@contextmanager
def fronted(folder: Path, ports: Sequence[int], *, port: int = 0) -> Iterator[Front]:
    """Let nginx pass on to servers of this machine until the end of the block."""
    folder.mkdir(parents=True)
    port = port or free_port()
    cache = folder / "cache"
    (folder / "peru-media.conf").write_text(_conf(cache, port, ports))
    (folder / "nginx.conf").write_text(_WHOLE.format(run=folder, user=_user()))
    folder.chmod(0o755)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process, folder)
        yield Front(url, cache, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _conf(cache: Path, port: int, ports: Sequence[int]) -> str:
    """The example as it stands, with other ports, and another folder."""
    text = CONF.read_text()
    assert _KEPT in text
    assert "listen 127.0.0.1:8080;" in text
    servers = "".join(
        f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;\n" for one in ports
    )
    text, count = _SERVERS.subn(servers, text)
    assert count == 1
    return text.replace(_KEPT, str(cache)).replace(
        "127.0.0.1:8080", f"127.0.0.1:{port}"
    )


def _user() -> str:
    """Workers of a root's nginx are nobody's, who may not write into its folder."""
    return "user root; " if os.geteuid() == 0 else ""


def _await(url: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310  # our own loopback address
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    log = folder / "error.log"
    msg = f"nginx does not answer:\n{log.read_text() if log.exists() else ''}"
    raise AssertionError(msg)

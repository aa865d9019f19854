"""A real S3 store for tests: SeaweedFS, on this machine alone.

Processes that use the same folder share one server. Each holds a shared lock on
a file while it does; a keeper process ends the server as soon as nobody holds
one any more, however they ended.
"""

import contextlib
import fcntl
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

__all__ = ["Mortal", "Seaweed", "mortal", "seaweed"]

_SECONDS_TO_START = 60
_MEMORY = "300MiB"
_KINDS = ("s3", "s3.grpc", "master", "master.grpc", "volume", "volume.grpc")
_PORTS = (*_KINDS, "filer", "filer.grpc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seaweed:
    """A running store, and how to speak with it.

    ``credentials`` is an AWS file with the profiles ``default``, who may do
    everything, and ``reader``, who may read and list.
    """

    endpoint: str
    access_key: str
    secret_key: str
    credentials: str

    def environment(self) -> dict[str, str]:
        """The variables by which every S3 client finds this store and no other."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_REGION": "us-east-1",
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SHARED_CREDENTIALS_FILE": self.credentials,
        }

    def client(self) -> "S3Client":
        """A client that may do everything; for arranging and looking."""
        client: S3Client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name="us-east-1",
        )
        return client

    def versions(self, bucket: str) -> dict[str, bytes]:
        """Every version of every object, and the name of every mark of a deletion."""
        client, found = self.client(), dict[str, bytes]()
        pages = client.get_paginator("list_object_versions").paginate(Bucket=bucket)
        for page in pages:
            for mark in page.get("DeleteMarkers", ()):
                found[f"{mark['Key']} deleted {mark['VersionId']}"] = b""
            for one in page.get("Versions", ()):
                key, version = one["Key"], one["VersionId"]
                answer = client.get_object(Bucket=bucket, Key=key, VersionId=version)
                found[f"{key} {version}"] = answer["Body"].read()
        return found

    def make_bucket(self, *, versioned: bool = False) -> str:
        """Make a bucket of its own and give its name."""
        name = f"bucket-{secrets.token_hex(6)}"
        client = self.client()
        client.create_bucket(Bucket=name)
        if versioned:
            client.put_bucket_versioning(
                Bucket=name, VersioningConfiguration={"Status": "Enabled"}
            )
        return name

    def person(self, policy: Mapping[str, Any]) -> dict[str, str]:
        """Make somebody who may do what a policy says, and nothing else.

        Gives the variables by which S3 clients act as that person.
        """
        name = f"person-{secrets.token_hex(6)}"
        iam = boto3.client(
            "iam",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name="us-east-1",
        )
        made = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(policy))
        iam.create_user(UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=made["Policy"]["Arn"])
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {
            **self.environment(),
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        }


@contextlib.contextmanager
def seaweed(folder: Path) -> Iterator[Seaweed]:
    """Use the server of a folder; the first to come starts it."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "state.json"
    with (folder / "users").open("w") as users:
        with (folder / "starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)  # waits for a keeper that is ending
            if not state.exists():
                _start_keeper(folder)
        yield Seaweed(**json.loads(state.read_text()))


class Mortal:
    """A server of one's own, which can be killed and started again.

    What it had acknowledged must be there afterwards.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
        self.seaweed = _describe(folder, self._ports["s3"])
        self._begin()

    def kill(self) -> None:
        """End it by SIGKILL, as if its machine had lost its power."""
        self._server.kill()
        self._server.wait()

    def start(self) -> None:
        """Start it again, with all that it has on its disk."""
        self._begin()

    def freeze(self) -> None:
        """Let it take calls and answer none of them."""
        self._server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._server.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End it for good."""
        _stop(self._server)
        _clear(self._folder, self._ports)

    def _begin(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._server = _start(self._folder, self._ports, log=log)
        _wait_until_ready(self._ports, self._server)


@contextlib.contextmanager
def mortal(folder: Path) -> Iterator[Mortal]:
    """Start a server that nobody else uses, until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Mortal(folder)
    try:
        yield server
    finally:
        server.close()


def _start_keeper(folder: Path) -> None:
    with (folder / "keeper.log").open("w") as log:
        subprocess.run(
            [sys.executable, __file__, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
            timeout=_SECONDS_TO_START + 10,
        )


def _keep(folder: Path) -> None:
    """Fork; the child keeps the server, the parent ends when it is ready."""
    ready, announce = os.pipe()
    if os.fork():
        os.close(announce)
        sys.exit(0 if os.read(ready, 1) else "SeaweedFS did not start")
    os.setsid()
    ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
    found = _describe(folder, ports["s3"])
    server = _start(folder, ports)
    try:
        _wait_until_ready(ports, server)
        (folder / "state.json").write_text(json.dumps(asdict(found)))
        os.write(announce, b"1")
        os.close(announce)
        _wait_until_unused(folder)
    finally:
        (folder / "state.json").unlink(missing_ok=True)
        _stop(server)
        _clear(folder, ports)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _describe(folder: Path, port: int) -> Seaweed:
    (folder / "data").mkdir()
    people = {
        "default": (secrets.token_hex(10), ["Admin", "Read", "Write", "List"]),
        "reader": (secrets.token_hex(10), ["Read", "List"]),
    }
    secret = {name: secrets.token_hex(20) for name in people}
    identities = [
        {
            "name": name,
            "credentials": [{"accessKey": key, "secretKey": secret[name]}],
            "actions": actions,
        }
        for name, (key, actions) in people.items()
    ]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    profiles = folder / "credentials"
    profiles.write_text(
        "".join(
            f"[{name}]\naws_access_key_id={key}\naws_secret_access_key={secret[name]}\n"
            for name, (key, _) in people.items()
        )
    )
    profiles.chmod(0o600)
    return Seaweed(
        endpoint=f"http://127.0.0.1:{port}",
        access_key=people["default"][0],
        secret_key=secret["default"],
        credentials=str(profiles),
    )


def _start(
    folder: Path, ports: dict[str, int], *, log: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Start it with the defaults undone that do not suit a test.

    It would report to its maker, count a bucket for each free gigabyte, and make
    buckets that nobody asked for.
    """
    options = {
        "dir": folder / "data",
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "filer": "true",
        "s3": "true",
        "master.telemetry": "false",
        "master.resumeState": "false",
        "master.volumeSizeLimitMB": 512,
        "volume.max": 10_000,
        "s3.config": folder / "s3.json",
        "s3.iam.readOnly": "false",
        "s3.autoCreateBucket": "false",
        "s3.allowDeleteBucketNotEmpty": "false",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
    }
    for kind, port in ports.items():
        part, _, protocol = kind.partition(".")
        options[f"{part}.port{protocol and '.grpc'}"] = port
    weed = Path(sys.executable).with_name("weed")
    return subprocess.Popen(
        [weed, "server", *(f"-{name}={value}" for name, value in options.items())],
        env={"HOME": str(folder), "GOMEMLIMIT": _MEMORY},
        cwd=folder,
        stdout=log,
        stderr=log,
    )


def _wait_until_ready(ports: dict[str, int], server: "subprocess.Popen[bytes]") -> None:
    """Wait for S3 to refuse a stranger, and for a place to put volumes."""
    end = time.monotonic() + _SECONDS_TO_START
    while _ask(ports["s3"], "/")[0] != http.HTTPStatus.FORBIDDEN or not _has_room(
        ports["master"]
    ):
        if server.poll() is not None or time.monotonic() > end:
            msg = "SeaweedFS did not become ready"
            raise TimeoutError(msg)
        time.sleep(0.1)


def _has_room(port: int) -> bool:
    status, answer = _ask(port, "/dir/status")
    return status == http.HTTPStatus.OK and "Max" in json.loads(answer)["Topology"]


def _ask(port: int, path: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def _wait_until_unused(folder: Path) -> None:
    """Wait until nobody holds the lock; it stays ours until this process ends."""
    users = os.open(folder / "users", os.O_RDWR)
    while True:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.2)
        else:
            return


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _clear(folder: Path, ports: dict[str, int]) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)
    for port in ports.values():
        for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108  (it puts them there)
            left.unlink(missing_ok=True)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))

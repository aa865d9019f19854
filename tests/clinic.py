"""A site in a real bucket, with its media host and its server, for a doctor to see.

It is healthy: staff may do what staff need, anybody may read what is public, and the
hosts answer well. A test spoils one thing, and asks what the doctor says.
"""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pytest
import urllib3
from starlette.testclient import TestClient

from peru_media.fetching import WebFetcher
from peru_media.model.files import TargetField
from peru_media.model.release import Root
from peru_media.model.source import Source
from peru_media.model.target import Target
from peru_media.publishing.doctor.examination import examine
from peru_media.publishing.doctor.machine import Machine
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, Verdict
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.storage.s3_inspector import S3Inspector
from peru_media.wiring import Quiet, SystemClock
from tests.fetching.loopback import Asked, Reply, serving
from tests.releases import feed, medium, page, publish_release
from tests.seaweed import Seaweed
from tests.served import PROJECT

__all__ = [
    "HELD",
    "Change",
    "Clinic",
    "Front",
    "acting",
    "found",
    "healthy_machine",
    "policy",
]

STORAGE = PROJECT / "docs/storage.md"
SOUND = bytes(range(256)) * 40
HELD = bytes(range(255, -1, -1)) * 40
FEED = '<?xml version="1.0"?><rss version="2.0"><channel/></rss>'
_DROPPED = {"Connection", "Date", "Keep-Alive", "Server", "Transfer-Encoding"}

Change = Callable[[Asked, Reply], Reply]


def policy(heading: str, bucket: str) -> dict[str, Any]:
    """The JSON below a heading of docs/storage.md, for another bucket."""
    section = STORAGE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```json\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    text = blocks[0].replace("example-bucket/media", f"{bucket}/site")
    told: dict[str, Any] = json.loads(text.replace("example-bucket", bucket))
    return told


def healthy_machine() -> Machine:
    """A computer at which nothing is wrong."""
    return Machine(
        python=(3, 12, 1),
        missing=(),
        zone="Europe/London",
        zone_known=True,
        free=50 * 10**9,
    )


@dataclass(slots=True)
class Front:
    """A host on this machine: it answers by a function, or spoilt by a change."""

    answer: Callable[[Asked], Reply] = lambda _: Reply(status=503)
    change: Change = lambda _, reply: reply

    def __call__(self, asked: Asked) -> Reply:
        return self.change(asked, self.answer(asked))


@dataclass(slots=True)
class Clinic:
    """A bucket, its hosts, and the people who may do something with it."""

    seaweed: Seaweed
    bucket: str
    site_url: str
    media_url: str
    site: Front
    media: Front
    staff: dict[str, str]
    servers: dict[str, str]
    root: Root = field(init=False)
    _doors: dict[str, tuple[S3Store, S3Inspector]] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def opened(cls, seaweed: Seaweed) -> Iterator[Self]:
        """Set everything up, and publish one release."""
        site, media = Front(), Front()
        bucket = seaweed.make_bucket(versioned=True)
        with ExitStack() as stack:
            server = stack.enter_context(serving(site))
            host = stack.enter_context(serving(media))
            clinic = cls(
                seaweed=seaweed,
                bucket=bucket,
                site_url=server.url,
                media_url=f"{host.url}/files",
                site=site,
                media=media,
                staff=seaweed.person(policy("What staff may do", bucket)),
                servers=seaweed.person(policy("What servers may do", bucket)),
            )
            clinic.heal()
            clinic.publish()
            media.answer = clinic.pass_on
            site.answer = stack.enter_context(clinic.served())
            yield clinic

    def heal(self) -> None:
        """Let anybody do what docs/storage.md says, and nothing else."""
        client = self.seaweed.client()
        open_to_all = policy("What anybody may do", self.bucket)
        client.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(open_to_all))
        rules = policy("Players on other sites", self.bucket)
        client.put_bucket_cors(Bucket=self.bucket, CORSConfiguration=rules)  # type: ignore[arg-type]  # as the document has it

    def left(self) -> list[str]:
        """What examinations left in the store."""
        store, _ = self._bucket_of(self.seaweed.access_key)
        tops = ("public/", "held/", "assets/", "state/", "releases/")
        keys = [one.key for top in tops for one in store.list(top, former=True)]
        return [key for key in keys if "doctor-" in key or "trial-" in key]

    def clear(self) -> None:
        """Take away what an examination could not."""
        store, _ = self._bucket_of(self.seaweed.access_key)
        store.delete(self.left())

    def let_anybody(self, action: str, resource: str) -> None:
        """Let anybody do one more thing."""
        told = policy("What anybody may do", self.bucket)
        arn = f"arn:aws:s3:::{self.bucket}{resource}"
        more = {"Sid": "More", "Effect": "Allow", "Principal": "*"}
        told["Statement"].append({**more, "Action": action, "Resource": arn})
        client = self.seaweed.client()
        client.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(told))

    def publish(self, number: int = 1) -> None:
        """Publish a release of one feed, one page and two recordings."""
        with acting(self.staff):
            self.root = publish_release(
                self.store(),
                {
                    "/": page("<h1>All</h1>"),
                    "/stories/feed.xml": feed(f"{FEED}<!-- {number} -->"),
                    "/media/open/story.mp3": medium(SOUND),
                    "/media/held/later.mp3": medium(
                        HELD, name="later.mp3", public=False
                    ),
                },
                number=number,
                made=datetime.now(UTC),
                base_url=self.site_url,
                source=Source(
                    organisation="The unit",
                    timezone="Europe/London",
                    base_url=self.site_url,
                ).to_bytes(),
            )

    def settings(self) -> S3Settings:
        return S3Settings(
            bucket=self.bucket,
            prefix="site",
            endpoint=self.seaweed.endpoint,
            region="us-east-1",
        )

    def store(self) -> S3Store:
        return S3Store(self.settings())

    def target(self, **change: Any) -> Target:
        told = {
            "store": f"s3://{self.bucket}/site",
            "base_url": self.site_url,
            "endpoint": self.seaweed.endpoint,
            "region": "us-east-1",
            "media_base_url": self.media_url,
        }
        made = TargetField.model_validate(told | change)
        return Target(name="production", root=Path("project"), field=made)

    def patient(self, **change: Any) -> Patient:
        """Whom the doctor looks at, as whoever acts just now."""
        target = change.get("target") or self.target()
        store, inspector = self._bucket_of(os.environ["AWS_ACCESS_KEY_ID"])
        healthy = Patient(
            target=target,
            store=store,
            inspector=inspector,
            fetcher=WebFetcher(allowed=target.origins),
            clock=SystemClock(),
            progress=Quiet(),
            machine=healthy_machine(),
            token=secrets.token_hex(8),
        )
        return replace(healthy, **change)

    def _bucket_of(self, person: str) -> tuple[S3Store, S3Inspector]:
        """The bucket as a person sees it; set up once, for that takes a while."""
        if person not in self._doors:
            self._doors[person] = self.store(), S3Inspector(self.settings())
        return self._doors[person]

    def examined(
        self,
        person: dict[str, str] | None = None,
        *,
        read_data: bool = False,
        **change: Any,
    ) -> list[Row]:
        """What the doctor says, asked by a person; by staff where none is named."""
        with acting(person or self.staff):
            return [*examine(self.patient(**change), read_data=read_data)]

    def pass_on(self, asked: Asked) -> Reply:
        """Ask the bucket as anybody may: the media host of the site."""
        path = asked.path.removeprefix("/files")
        answer = urllib3.request(
            asked.method,
            f"{self.seaweed.endpoint}/{self.bucket}/site{path}",
            headers={k: v for k, v in asked.headers.items() if k != "host"},
            body=asked.body,
            decode_content=False,
            redirect=False,
        )
        return Reply(
            status=answer.status, headers=_handed_on(answer.headers), body=answer.data
        )

    @contextmanager
    def served(self) -> Iterator[Callable[[Asked], Reply]]:
        """Serve the site by the real app, which may do what servers may."""
        with acting(self.servers):
            store = self.store()
        settings = ServerSettings(media_base_url=self.media_url, poll_seconds=0.05)
        app = create_app(store, clock=SystemClock(), settings=settings)
        with TestClient(app, follow_redirects=False) as client:
            client.headers.clear()

            def answer(asked: Asked) -> Reply:
                fields = {**asked.headers, "accept-encoding": "identity"}
                got = client.request(asked.method, asked.path, headers=fields)
                headers = _handed_on(got.headers)
                return Reply(status=got.status_code, headers=headers, body=got.content)

            yield answer


def _handed_on(headers: Mapping[str, str]) -> dict[str, str]:
    kept = {name.title(): text for name, text in headers.items()}
    return {name: text for name, text in kept.items() if name not in _DROPPED}


@contextmanager
def acting(person: Mapping[str, str]) -> Iterator[None]:
    """Let every S3 client that is made in the block act as a person."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in person.items():
            patch.setenv(name, value)
        yield


def found(rows: list[Row]) -> dict[str, Verdict]:
    """The questions that were not answered by ok, each with its gravest answer."""
    ill = [row for row in rows if row.verdict is not Verdict.OK]
    gravest = sorted(ill, key=lambda row: row.verdict is Verdict.FAIL)
    return {row.about: row.verdict for row in gravest}

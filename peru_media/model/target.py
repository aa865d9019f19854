"""Where a site is published to: its store, and the addresses it is found at."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peru_media.errors import SettingsError

if TYPE_CHECKING:
    from peru_media.model.files import SiteFile, TargetField

__all__ = ["Target", "expect_address", "origin_of", "target_named"]

_PORTS = {"http": 80, "https": 443}
_NAMES_OF_HERE = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target by its name, with the folder of the project that it belongs to."""

    name: str
    root: Path
    field: "TargetField"

    @property
    def base_url(self) -> str:
        """The public address, without a slash at its end."""
        return self.field.base_url.rstrip("/")

    @property
    def folder(self) -> Path | None:
        """The folder that it stores in, or None for a bucket."""
        if self.field.store.startswith("s3://"):
            return None
        return (self.root / self.field.store).absolute()

    @property
    def here(self) -> bool:
        """Whether only this machine can reach it, so that stand-ins are welcome."""
        addresses = [self.field.base_url]
        if self.folder is None:
            addresses.append(self.field.endpoint or "https://amazonaws.com")
        return all(map(_is_loopback, addresses))

    @property
    def origins(self) -> frozenset[str]:
        """Addresses that staff configured themselves, and that may be anywhere."""
        field = self.field
        urls = (field.base_url, field.media_base_url, field.endpoint)
        own = [_origin(url) for url in urls if url]
        return frozenset([*own, *filter(None, map(_twin, own))])


def _twin(origin: str) -> str | None:
    """The other name of this machine, for people use the two alike."""
    scheme, _, place = origin.partition("://")
    host, colon, port = place.rpartition(":")
    other = _NAMES_OF_HERE.get(host)
    return f"{scheme}://{other}{colon}{port}" if other else None


def _is_loopback(url: str) -> bool:
    import ipaddress  # noqa: PLC0415  # lazy
    from urllib.parse import urlsplit  # noqa: PLC0415  # lazy

    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def target_named(
    name: str, site: "SiteFile", root: Path, *, base_url: str | None = None
) -> Target:
    """Find a target of the site.

    Raises:
        SettingsError: the site has no target of that name, or an address of it is
            no web address.
    """
    field = site.targets.get(name)
    if field is None:
        known = ", ".join(sorted(site.targets))
        msg = f'feeds/site.yaml has no target "{name}": it has {known}'
        raise SettingsError(msg)
    if base_url:
        expect_address(base_url)
        field = field.model_copy(update={"base_url": base_url})
    _expect_addresses(name, field)
    return Target(name=name, root=root, field=field)


def expect_address(url: str) -> None:
    """Refuse what cannot be the address of a site.

    Raises:
        SettingsError: it has another form, or a port that there is not.
    """
    from pydantic import ValidationError  # noqa: PLC0415  # lazy

    from peru_media.model.files import TargetField  # noqa: PLC0415  # lazy: pydantic

    try:
        TargetField(store="any", base_url=url)
    except ValidationError:
        raise SettingsError(_no_address(url)) from None
    _origin(url)


def _expect_addresses(name: str, field: "TargetField") -> None:
    for key in ("base_url", "media_base_url", "endpoint"):
        try:
            _origin(getattr(field, key) or field.base_url)
        except SettingsError as error:
            msg = f"feeds/site.yaml, target {name}, {key}: {error}"
            raise SettingsError(msg) from None


def _no_address(url: str) -> str:
    return (
        f'"{url}" is no address of a site: write it like '
        "https://media.example.ac.uk or http://127.0.0.1:8000"
    )


def origin_of(url: str) -> str | None:
    """Scheme, host and port of an address; None where it has none of them."""
    try:
        return _origin(url)
    except SettingsError:
        return None


def _origin(url: str) -> str:
    """Scheme, host and port of an address.

    Raises:
        SettingsError: it has none of them, or they cannot be.
    """
    from urllib.parse import urlsplit  # noqa: PLC0415  # lazy

    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):  # another scheme, a port beyond 65535
        raise SettingsError(_no_address(url)) from None
    if not host:
        raise SettingsError(_no_address(url))
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}:{port}"

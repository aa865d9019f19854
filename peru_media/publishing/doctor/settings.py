"""Do the settings of a target make sense?"""

from collections.abc import Iterator

from peru_media.model.target import Target
from peru_media.publishing.doctor.rows import Row, fail, ok, warn

__all__ = ["about_settings"]

_DOCS = "docs/storage.md#the-target"


def about_settings(target: Target) -> Iterator[Row]:
    """Judge what ``feeds/site.yaml`` says of the target."""
    yield _address(target)
    if target.field.media_base_url is not None:
        yield _media_address(target, target.field.media_base_url)
    if target.folder is None:
        yield _bucket(target)


def _address(target: Target) -> Row:
    if target.here:
        return ok("address", f"{target.base_url} is for this computer alone")
    if target.base_url.startswith("https:"):
        return ok("address", f"{target.base_url} is asked for over https")
    return fail(
        "address",
        f"{target.base_url} is asked for without https, so anybody on the way can "
        "read and change what listeners get",
        f"let the server answer over https, and write base_url: "
        f"https:{target.base_url.partition(':')[2]}",
        _DOCS,
    )


def _media_address(target: Target, url: str) -> Row:
    if url.startswith("https:") or not target.base_url.startswith("https:"):
        return ok("media-address", f"media come from {url}")
    return fail(
        "media-address",
        f"media come from {url} without https, which browsers refuse on such pages",
        "let that host answer over https, and write media_base_url: https://…",
        _DOCS,
    )


def _bucket(target: Target) -> Row:
    field = target.field
    if field.endpoint is None and field.region is None:
        return warn(
            "region",
            "neither region nor endpoint is said, so what is used depends on whose "
            "computer it is",
            f"write the bucket's region: below the target {target.name}",
            _DOCS,
        )
    where = field.endpoint or f"Amazon S3, {field.region}"
    if where.startswith("http:") and not target.here:
        return warn(
            "region",
            f"{where} is spoken to without https",
            "write endpoint: https://…",
            _DOCS,
        )
    return ok("region", f"the bucket is at {where}")

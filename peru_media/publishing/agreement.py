"""Whether all forms of the feeds say the same, as they were seen from outside."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from peru_media.publishing.seen import Seen

__all__ = ["disagreements"]

_SITE_FEED, _PUBLISHER, _LIST = "/feed.xml", "/publisher.xml", "/opml.xml"


def disagreements(
    found: Mapping[str, Seen], *, base_url: str, listed: Collection[str]
) -> Iterator[str]:
    """Say in sentences where one form of a feed differs from another.

    Args:
        found: what was seen, by public path; a form that could not be read is
            not in it, and no reason for a second sentence.
        base_url: the site's address, without a slash at its end.
        listed: public paths of the feeds of public shows.
    """
    looked = _Look(found=found, base_url=base_url, listed=listed)
    for path in found:
        if path.count("/") > 1 and path.endswith("/feed.xml"):
            yield from looked.show(path)
    if _LIST in found:
        yield from looked.list()
    if _PUBLISHER in found:
        yield from looked.publisher(found[_PUBLISHER])
    if _SITE_FEED in found:
        yield from looked.everything(found[_SITE_FEED])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """All forms, side by side."""

    found: Mapping[str, Seen]
    base_url: str
    listed: Collection[str]

    def show(self, path: str) -> Iterator[str]:
        """One show: JSON by its guids, Atom by its media, and its archive."""
        rss, folder = self.found[path], path.removesuffix(".xml")
        form = self.found.get(f"{folder}.json")
        if form is not None and form.guids != rss.guids:
            yield f"{folder}.json: its episodes are not those of {path}"
        form = self.found.get(f"{folder}.atom")
        if form is not None and form.enclosures != rss.enclosures:
            yield f"{folder}.atom: its episodes are not those of {path}"
        pages = {one for one in self.found if one.startswith(f"{folder}/")}
        yield from self._archive(path, pages)

    def _archive(self, path: str, pages: set[str]) -> Iterator[str]:
        """From the feed to the oldest page and back, by the links alone."""
        walked, newer, at = [], path, self._older(path)
        while at in pages and at not in walked:
            walked.append(at)
            back = self.found[at].links.get("next-archive")
            if newer != path and back != self.base_url + newer:
                yield f"{at}: it does not lead back to {newer}"
            newer, at = at, self._older(at)
        missed = sorted(pages.difference(walked))
        if missed or at:
            yield f"{path}: its links do not reach every page: {at or missed[0]}"
        held = Counter(guid for page in walked for guid in self.found[page].guids)
        twice = [guid for guid, count in held.items() if count > 1]
        lacking = [g for g in self.found[path].guids if g not in held] if walked else []
        if twice or lacking:
            yield f"{path}: its archive does not hold every episode once"

    def _older(self, path: str) -> str | None:
        """The public path of the page before, if any."""
        address = self.found[path].links.get("prev-archive")
        return None if address is None else address.removeprefix(self.base_url)

    def list(self) -> Iterator[str]:
        """The OPML list: every public show, and no other."""
        wanted = {self.base_url + path for path in self.listed}
        for address in sorted(wanted.symmetric_difference(self.found[_LIST].shows)):
            fault = "lacks" if address in wanted else "names"
            yield f"{_LIST}: it {fault} {address}"

    def publisher(self, publisher: Seen) -> Iterator[str]:
        """The publisher: each show that it names must name it, too."""
        for address in publisher.shows:
            path = address.removeprefix(self.base_url)
            show = self.found.get(path)
            if path not in self.listed:
                yield f"{_PUBLISHER}: it names {address}"
            elif show is not None and show.publisher != publisher.guid:
                yield f"{path}: it does not name its publisher back"

    def everything(self, site: Seen) -> Iterator[str]:
        """The feed of everything: all that public shows have out."""
        shows = {path: self.found[path] for path in self.listed if path in self.found}
        for path, show in shows.items():
            if not set(show.guids) <= set(site.guids):
                yield f"{_SITE_FEED}: it lacks episodes of {path}"

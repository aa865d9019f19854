"""People and licences of a feed. Nobody becomes a contributor by being imported."""

import re
from collections.abc import Iterable
from typing import get_args

from peru_media.model.files import PersonField
from peru_media.model.licence import Licence
from peru_media.model.parsed_podcast import ParsedLicense, ParsedPerson
from peru_media.model.taxonomy import Role, group_of
from peru_media.publishing.importing.drafts import Wanted
from peru_media.publishing.importing.fitting import cut, fitted

__all__ = ["licence_of", "people_of"]

_ORCID = re.compile(r"https?://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?")
_ROLES = frozenset(get_args(get_args(Role)[0]))
_USUAL, _OTHER = "host", "guest"


def people_of(
    found: Iterable[ParsedPerson],
) -> tuple[tuple[PersonField, ...], tuple[Wanted, ...]]:
    """People by the names that the feed gives them, and their pictures to fetch.

    Who has a role that we do not know is a guest.
    """
    people: list[PersonField] = []
    wanted: list[Wanted] = []
    for said in found:
        person = _person(said)
        if person is None:
            continue
        if said.image:
            place = len(people)
            wanted.append(Wanted(url=said.image, role="person", place=place))
        people.append(person)
    return tuple(people), tuple(wanted)


def _person(said: ParsedPerson) -> PersonField | None:
    role = (said.role or _USUAL).lower()
    known = role if role in _ROLES else _OTHER
    group = said.group and said.group.lower()
    orcid = _ORCID.fullmatch(said.url or "")
    return fitted(
        PersonField,
        name=cut(said.name),
        role=known,
        group=None if group == group_of(known) else said.group,
        orcid=orcid and orcid[1],
        url=None if orcid else said.url,
    )


def licence_of(said: ParsedLicense | None) -> Licence | None:
    """The licence, where it is known or says where its text is found."""
    if said is None:
        return None
    return fitted(Licence, name=cut(said.name), url=said.url)

"""Why each fault that reading finds matters, and how to mend it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["REASONS", "Reason"]


class Reason(NamedTuple):
    """Why a fault of form matters, how to mend it, and by what standard it is one."""

    why: str
    fix: str
    source: str


_FORM = "The form of a project's files: peru-media schema"
_YAML = "YAML 1.2; the form of a project's files: peru-media schema"
_ADDRESSES = "W3C: Cool URIs don't change"
_CLOCKS = "An episode must go out at one moment, the same for everybody."
_ADDRESS = "The name of a folder is part of addresses that live on in apps and links."
_GUESS = "A guess might publish something else than was meant."
_LEADS = (
    "What is published must be in the project, or somebody else's file might go out."
)
_AS_SAID = "Write what the line of check says."

REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "E100": Reason(
            "What cannot be read cannot be published.",
            "Look whether the file or folder is where it was, and whether you may "
            "open it. docs/fields.md shows with which files a project begins.",
            _FORM,
        ),
        "E101": Reason(
            "Letters would come out wrong, and one invisible sign breaks a feed.",
            "Save the file as UTF-8, and type the line of the sign again.",
            "RFC 3629; XML 1.0, 2.2: characters",
        ),
        "E102": Reason(
            "What stands in it would be lost without a word.",
            "Correct its name; the line of check names the nearest one.",
            _FORM,
        ),
        "E103": Reason(
            "Without the two lines nobody can tell fields from text.",
            "Put a line of --- before the first field, and one after the last.",
            "YAML front matter",
        ),
        "E104": Reason(
            _GUESS,
            "Write name, colon, space and value; put a value with a colon in it "
            "between quotes.",
            _YAML,
        ),
        "E105": Reason(
            _GUESS,
            "Keep one of the two.",
            "YAML 1.2, 3.2.1.3: keys are unique",
        ),
        "E106": Reason(
            "Shorthands hide what is said, and a few can grow without end.",
            "Write it out in full.",
            "YAML 1.2, 6.9 and 7.1: anchors, aliases, tags",
        ),
        "E107": Reason(
            "No field needs it; it is a slip, or meant to do harm.",
            "Indent fewer lines.",
            _FORM,
        ),
        "E108": Reason(
            "Only the first one would be read.",
            "Keep one document a file: no line of --- between the fields.",
            "YAML 1.2, 9.2: streams",
        ),
        "E109": Reason(
            _GUESS,
            "Write name, colon and value.",
            _YAML,
        ),
        "E110": Reason(
            "Apps and pages know these words alone.",
            "Choose one of the words that the line of check names.",
            _FORM,
        ),
        "E111": Reason(
            "A feed or a page would be incomplete without it.",
            "Write the field.",
            _FORM,
        ),
        "E112": Reason(
            _GUESS,
            "Write a list with - before each thing, and a group with one field a line.",
            _YAML,
        ),
        "E113": Reason(
            "Apps show no number, or sort episodes wrongly.",
            "Write a number within the bounds that the line of check names.",
            _FORM,
        ),
        "E114": Reason(
            "A day that can be read in two ways will be read in the wrong one.",
            "Write year, month and day like 2026-12-31.",
            "ISO 8601",
        ),
        "E115": Reason(
            "Apps and servers would not understand it.",
            _AS_SAID,
            _FORM,
        ),
        "E116": Reason(
            "Apps would cut it off, or refuse the feed.",
            "Shorten it.",
            "Podcast namespace; Apple, RSS requirements",
        ),
        "E117": Reason(
            _GUESS,
            "Decide for one of them.",
            _FORM,
        ),
        "E118": Reason(
            "A file of fields and words is never so large; it is another kind of file.",
            "Put media beside it, and only words into it.",
            _FORM,
        ),
        "E119": Reason(
            "A tab is as wide as each editor makes it, so nobody sees what it means.",
            "Put spaces in its place.",
            "YAML 1.2, 6.1: indentation",
        ),
        "E130": Reason(
            _CLOCKS,
            "Write publish: draft, publish: now, or a date such as 2026-12-01 09:00.",
            _FORM,
        ),
        "E131": Reason(
            f"{_CLOCKS} When the clocks change, one hour is skipped or comes twice.",
            "Choose another hour, or write the offset too: 2026-10-25 01:30 +01:00.",
            "The tz database of time zones",
        ),
        "E140": Reason(
            "An episode appears in the feed and on the pages of its show.",
            "Write the name of a folder in feeds/ that holds a show.md.",
            _FORM,
        ),
        "E141": Reason(
            _ADDRESS,
            "Rename the newer one of the two; what is published must keep its name.",
            _ADDRESSES,
        ),
        "E142": Reason(
            _ADDRESS,
            "Rename the folder: small letters a-z, digits and single hyphens.",
            _ADDRESSES,
        ),
        "E143": Reason(
            "A consent is looked up by the name of its file, and must never be missed.",
            "Write the name of the file, without .yaml, as its id; or rename the file.",
            _FORM,
        ),
        "E144": Reason(
            "A collection is a page of its show, and its name is part of addresses.",
            "Write the name of one in show.md, or add it there under collections:.",
            _FORM,
        ),
        "E145": Reason(
            "A prefix means nothing to an app without the address of its namespace.",
            "Declare it once in show.md, under namespaces: {prefix: address}.",
            "Namespaces in XML 1.0",
        ),
        "E150": Reason(
            _LEADS,
            "Put the file into the folder, and write its name alone, without slashes.",
            "CWE-22: path traversal",
        ),
        "E151": Reason(
            _LEADS,
            "Put a copy of the file there in place of the link.",
            "CWE-59: link following",
        ),
        "E152": Reason(
            "Not every computer can store or show that name, so a colleague could miss "
            "it.",
            "Rename it as the line of check says: plain letters, digits, hyphens.",
            "Names that Windows, macOS and Linux all can hold",
        ),
        "E153": Reason(
            "Somebody changed the file meanwhile, and their change must not be lost.",
            "Look at the line, and write there by hand what was to stand there.",
            _FORM,
        ),
        "W154": Reason(
            "Only a folder with an episode.md is an episode; the recording stays here.",
            "Begin the episode with make new, or rename the file that it was meant to "
            "be.",
            _FORM,
        ),
    }
)

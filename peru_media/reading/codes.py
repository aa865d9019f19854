"""The codes of problems that reading finds, each with one meaning for ever.

E10x and E11x concern one file by itself: first its form, then its fields. E13x
concerns the moment of publishing, E14x what files say of each other, E15x
names and links in the file system, and editing.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["MEANINGS"]

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "E100": "A file or folder is missing, or cannot be opened.",
        "E101": "A file is not plain UTF-8 text, or holds an invisible character.",
        "E102": "A field has a name that is not known here.",
        "E103": "The fields of a .md file do not stand between two lines of ---.",
        "E104": "A line cannot be read as a field: colon, quotes or indentation.",
        "E105": "A field is written twice.",
        "E106": "A YAML shorthand is used that these files do not have.",
        "E107": "Fields are nested more than 20 deep.",
        "E108": "A file holds more than one YAML document.",
        "E109": "Something stands where a field, a name and a colon, is needed.",
        "E110": "A word is not one of those that a field takes.",
        "E111": "A field that is needed is missing or empty.",
        "E112": "A single value, a list or a group of fields stands for another.",
        "E113": "A number is not a number, too small or too large.",
        "E114": "A day is not written as year-month-day, or is not in the calendar.",
        "E115": "A text does not have the form that its field needs.",
        "E116": "A text is too long.",
        "E117": "Fields contradict each other.",
        "E118": "A file is larger than 1 MB.",
        "E119": "A tab stands where spaces are needed.",
        "E130": "The moment of publishing is not draft, now or a date.",
        "E131": "The clocks skip or repeat the moment of publishing.",
        "E140": "An episode names a show that does not exist.",
        "E141": "Two folders have the same name.",
        "E142": "The name of a folder cannot be part of an address.",
        "E143": "The id of a consent record is not the name of its file.",
        "E144": "An episode names a collection that its show does not have.",
        "E145": "Further XML uses a prefix that the show does not declare.",
        "E150": "The name of a file leads out of its folder.",
        "E151": "A link in the file system leads out of the project, or to a folder.",
        "E152": "A file or folder has a name with which it cannot be used.",
        "E153": "A line that was to be edited is not as it was read.",
        "W154": "A folder holds a recording, but no episode.md.",
    }
)

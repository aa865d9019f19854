"""Write docs/fields.md from the fields of the models themselves: make golden."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

from pydantic.fields import FieldInfo

from peru_media.model.guide import FIELDS
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.value import Value
from scripts.field_examples import BEGINNING, COMPLETE
from scripts.field_files import FILES, NOT_YET, TAGS, WITHOUT, File
from scripts.field_kinds import anchor, kind, parts
from scripts.tag_examples import EXAMPLES

__all__ = ["PLACE", "groups", "reference"]

PLACE = Path(__file__).parent.parent / "docs" / "fields.md"


_SHOWN = {example.tag for example in EXAMPLES}

HEAD = """\
# What stands in the files

Written by `make golden` from the fields that the program itself reads, and held to it
by a test, which also reads and checks every example. **Bold** fields must be there;
all others may be left out. A field that is not listed is refused, at its line.

A time is `90`, `1:30` or `1:02:03.5`. A file is named from the folder of the page that
names it. Where one thing or a list may stand, one needs no brackets.
"""

_BEGINNING = """\
## Beginning a project of your own

A project is a folder with `feeds/` and `episodes/` in it. In a clone of this one,
delete what is only an example: `episodes/`, `feeds/personalisation/` and
`feeds/contributors/`. Then two files and a picture are enough. `{site}`:

```yaml
{site_text}```

`{show}`; the folder's name is yours, and stands in addresses:

```yaml
{show_text}```

Make a guid of your own, once: `python3 -c 'import uuid; print(uuid.uuid4())'`. Put
the cover beside it as `cover.png`, square, 1400 to 3000 pixels wide. Then
`peru-media check` says whether anything is missing, and
`peru-media new --title "Finding my feet" --audio recording.mp3` begins an episode. A
show that lives elsewhere comes over with `peru-media import`, which needs no
`show.md`: it writes one.
"""

_EDITOR = """\
## In an editor

`make schema` writes a JSON Schema for each file into `.schemas/`, and
`peru-media schema --out FOLDER` into another folder:
`site.yaml.json`, `show.md.json`, `episode.md.json`, `contributor.yaml.json` and
`withdrawn.yaml.json`. With them an editor shows what a field means, completes its name
and marks what is wrong. Every editor with the YAML language server can use them; in
VS Code that is the extension YAML by Red Hat. Its settings, in `.vscode/settings.json`:

```json
{
  "yaml.schemas": {
    ".schemas/site.yaml.json": "feeds/site.yaml",
    ".schemas/contributor.yaml.json": "feeds/contributors/*.yaml",
    ".schemas/withdrawn.yaml.json": "feeds/withdrawn.yaml"
  }
}
```

`show.md` and `episode.md` are Markdown with YAML at their head. The YAML extension
leaves Markdown alone: give `show.md.json` and `episode.md.json` to an extension of
your editor that checks front matter against a JSON Schema, or use the tables here and
`peru-media check`, which names the line. `peru-media schema episode.md` prints one
schema alone, and `peru-media schema` all five in one object, by the files' names.
"""


def reference() -> str:
    """Every field of every file, as Markdown."""
    listed = "\n".join(f"- [{f.title}](#{_heading(f.title)})" for f in FILES)
    return "\n".join(
        [
            HEAD,
            f"{listed}\n- [Groups of fields](#groups-of-fields)\n",
            _beginning(),
            _EDITOR,
            *(_file(one) for one in FILES),
            "## Groups of fields\n",
            *(_group(one, users) for one, users in groups().items()),
        ]
    )


def groups() -> dict[type[Value], list[str]]:
    """Every group of fields that stands in a field, with the fields that hold it."""
    found: dict[type[Value], list[str]] = {}
    waiting = [(file.model, file.title) for file in FILES]
    while waiting:
        model, name = waiting.pop(0)
        for field, hint in _hints(model).items():
            for part in parts(hint):
                if part not in found:
                    waiting.append((part, anchor(part).replace("-", " ")))
                users = found.setdefault(part, [])
                users.append(f"`{field}` of [{name}](#{_heading(name)})")
    return found


def _hints(model: type[Value]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _heading(title: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    kept = "".join(one for one in title.lower() if one.isalnum() or one in " -_")
    return kept.replace(" ", "-")


def _beginning() -> str:
    site, show = BEGINNING
    texts = {"site_text": BEGINNING[site], "show_text": BEGINNING[show]}
    return _BEGINNING.format(site=site, show=show, **texts)


def _file(file: File) -> str:
    shown = "\n".join(
        f"`{path}`:\n\n```yaml\n{COMPLETE[path]}```\n" for path in file.examples
    )
    return f"## {file.title}\n\n{file.words}\n\n{_table(file.model)}\n{shown}"


def _group(model: type[Value], users: list[str]) -> str:
    title = anchor(model).replace("-", " ")
    words = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    head = f"### {title}\n\n{words.replace('``', '`')}\n\nIn {'; '.join(users)}.\n"
    return f"{head}\n{_table(model)}"


def _table(model: type[Value]) -> str:
    tags = dict(_tags(model))
    hints = _hints(model)
    heads = ["Field", "What it is", "What may stand there", "Without it"]
    rows = [heads + ["Tag"] * bool(tags)]
    rows += [["---"] * len(rows[0])]
    for name, info in model.model_fields.items():
        shown = f"**`{name}`**" if info.is_required() else f"`{name}`"
        without = WITHOUT.get((model, name)) or _default(info)
        row = [shown, _words(model, name), kind(hints[name]), without]
        rows.append(row + [tags.get(name, "")] * bool(tags))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _tags(model: type[Value]) -> Iterator[tuple[str, str]]:
    """The tag that each field becomes, linked to its example where it has one."""
    tags = TAGS.get(model, {})
    if model in {PodcastShow, PodcastEpisode}:
        tags = {name: f"podcast:{_camel(name)}" for name in model.model_fields}
    for name, tag in tags.items():
        address = f"tags.md#{tag.lower().replace(':', '')}"
        yield name, f"[{tag}]({address})" if tag in _SHOWN else f"`{tag}`"


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _words(model: type[Value], name: str) -> str:
    """What a field means, as a table holds it, and whether it does anything yet."""
    words = FIELDS[model.__name__][name]
    if name in NOT_YET.get(model, ()):
        words += " *Read, but nothing acts on it yet.*"
    return words.replace("|", "\\|").replace("<", "&lt;")


def _default(info: FieldInfo) -> str:
    """What holds where a field is left out."""
    if info.is_required():
        return "refused"
    value = info.get_default(call_default_factory=True)
    if value in (None, "", ()) or isinstance(value, dict | Value):
        return ""
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")

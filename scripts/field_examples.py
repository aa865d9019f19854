"""Files as staff write them, each complete: read and checked before they are shown."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["BEGINNING", "COMPLETE"]

_GUID = "5cd87abd-e6cc-5f88-bdf7-7be85cce2993"

BEGINNING: Mapping[str, str] = MappingProxyType(
    {
        "feeds/site.yaml": """\
organisation:
  name: The unit
targets:
  local:
    store: .peru-media/store
    base_url: http://127.0.0.1:8000
""",
        "feeds/stories/show.md": f"""\
---
title: Stories
guid: {_GUID}
language: en-GB
author: The unit
owner:
  name: The unit
  email: media@example.ac.uk
categories: Education
explicit: false
licence: CC-BY-4.0
---
Stories that people tell about services.
""",
    }
)

COMPLETE: Mapping[str, str] = MappingProxyType(
    {
        "feeds/site.yaml": """\
organisation:
  name: The unit
  ror: https://ror.org/02hstj355
  contact: media@example.ac.uk
timezone: Europe/London
languages: [en-GB, cy]
podroll: false
targets:
  local:
    store: .peru-media/store
    base_url: http://127.0.0.1:8000
  production:
    store: s3://example-bucket/media
    base_url: https://media.example.ac.uk
    endpoint: https://s3.example.ac.uk
    region: eu-west-2
""",
        "feeds/stories/show.md": f"""\
---
title: Stories
guid: {_GUID}
language: en-GB
author: The unit
owner: {{name: The unit, email: media@example.ac.uk}}
categories: [Education, Science > Social Sciences]
explicit: false
type: serial
licence: CC-BY-4.0
copyright: The unit
funding: {{url: 'https://example.ac.uk/give', text: Support our research}}
funder: {{name: A research council, grant: AB/123456/1}}
links:
  website: https://example.ac.uk/stories
people:
  - {{name: The host, role: host}}
defaults: {{transcript: required, loudness: -16}}
visibility: public
collections:
  - name: community-reporting
    title: Community reporting
    season: 1
    description: Stories of lived experience.
feed_items: 100
podcast:
  medium: podcast
---
Stories that people tell about services.
""",
        "feeds/contributors/c-017.yaml": """\
id: c-017
public_name: Contributor A
name_kind: pseudonym
voice: altered
scope: [podcast, website, transcript]
obtained: 2026-02-02
form_ref: consent-forms-2026-17
review: 2099-02-02
on_expiry: withdraw
""",
        "episodes/finding-my-feet/episode.md": """\
---
show: stories
guid: 5d45df6a-f5d1-4958-aaf7-a9b95ad751d7
number: 1
collection: community-reporting
title: Finding my feet
subtitle: A story about asking for help
publish: 2026-03-03 09:00
content_note: Speaks of homelessness.
people:
  - {contributor: c-017, role: contributor}
  - {name: The host, role: host}
chapters:
  - {start: 0:00, title: Beginning}
  - {start: 0:10, title: Asking for help}
transcript:
  file: transcript.vtt
  made_by: machine-edited
  checked: 2026-02-20
soundbites:
  - {start: 0:02, duration: 15, title: Where to begin}
location: {name: Salford, country: GB}
---
A story about asking for help, and what came of it.
""",
        "episodes/moving-in/episode.md": """\
---
show: stories
guid: 0b7d0b3e-57d5-4f2b-9a0f-0c6f2f8c9d11
number: 2
collection: community-reporting
title: Moving in
publish: 2026-03-10 09:00
transcript:
  waiver:
    reason: The transcript is being typed.
    until: 2099-12-31
related: finding-my-feet
---
A story about a first key.
""",
        "feeds/withdrawn.yaml": """\
withdrawn: []
""",
    }
)

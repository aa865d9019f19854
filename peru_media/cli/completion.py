"""``peru-media completion``: what a shell needs to complete our verbs and options."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from peru_media.cli.manners import Manners, mannered
from peru_media.cli.verbs import verbs

__all__ = ["verb"]

_SHELLS = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}


@click.command("completion")
@click.argument("shell", type=click.Choice(sorted(_SHELLS)))
@mannered
def verb(manners: Manners, *, shell: str) -> None:
    """Print the completion script of a shell.

    For bash: eval "$(peru-media completion bash)"
    """
    maker = _SHELLS[shell](verbs, {}, "peru-media", "_PERU_MEDIA_COMPLETE")
    script = maker.source()
    manners.answer(shell=shell, script=script)
    manners.say(script)

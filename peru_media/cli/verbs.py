"""The table of verbs; a verb's code is imported when it is asked for.

So ``--help`` costs little more than an empty Python.
"""

from importlib import import_module

import click

from peru_media import __version__

__all__ = ["VERBS", "verbs"]

VERBS = {
    "new": "Begin an episode: measure its recording and write its file.",
    "probe": "Tell what a media file measurably is.",
    "transcribe": "Draft a transcript, by a model on this machine.",
    "check": "Find everything that is wrong, before anybody else does.",
    "preview": "See every page before anybody else does, drafts too.",
    "build": "Write the site as plain files into a folder.",
    "plan": "Show what a publish would change, and change nothing.",
    "publish": "Check, plan, send and verify: whole or not at all.",
    "withdraw": "Take somebody out of all that is published, and prove it.",
    "redact": "Take words and sounds out of what is published already.",
    "serve": "Serve the live release to listeners and readers.",
    "import": "Take shows over from any feed, with all their files.",
    "consent": "List who is where with whose consent, and what ends when.",
    "listeners": "Say who may hear a private show, each by their own address.",
    "releases": "List the releases that can be brought back: who, when, what.",
    "rollback": "Say again what a former release said, as a new one.",
    "collect": "Delete what no release needs any more.",
    "status": "List the episodes: draft, scheduled, published, changed.",
    "doctor": "Find what is wrong with a target: store, rights, server.",
    "schema": "Print the JSON Schemas of the files that staff write.",
    "explain": "Explain a code that check printed, and how to mend it.",
    "completion": "Print the completion script of a shell.",
}

_MODULES = {"import": "imports"}  # a word that Python keeps for itself

_EXITS = {
    "0": "Done, or nothing to do.",
    "1": "A bug; the traceback is saved in .peru-media/.",
    "2": "Used wrongly.",
    "3": "The content has problems.",
    "4": "Settings or credentials are missing or wrong.",
    "5": "The network or the store failed: try again.",
    "6": "A colleague was first, or the plan is stale.",
    "7": "Refused for the safety of contributors or listeners.",
    "8": "Published, but the look from outside found a fault.",
    "10": "Changes are pending (plan --exit-code).",
    "130": "Interrupted.",
}


class _Verbs(click.Group):
    """A group that knows the names and the help of its verbs without their code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Give the verbs in the order in which staff meet them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        verb = import_module(f"peru_media.cli.{module}").verb
        assert isinstance(verb, click.Command)  # noqa: S101  # each module has one
        return verb

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that is meant; for a slip of the keys name one like it."""
        word = args[0]
        if word not in VERBS and not word.startswith("-"):
            ctx.fail(f'There is no verb "{word}".{_alike(word)}')
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the verbs, and what the exit codes mean."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))
        with formatter.section("Exit codes"):
            formatter.write_dl(list(_EXITS.items()))


def _alike(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # rare

    near = get_close_matches(word.lower(), list(VERBS), n=1)
    return f" Did you mean {near[0]}?" if near else ""


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peru-media")
def verbs() -> None:
    """Publish podcasts, stories and evidence reviews, with consent.

    An episode is a folder below episodes/, with a recording, a transcript and an
    episode.md. Begin with: peru-media new
    """

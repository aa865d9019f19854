"""What a withdrawal cannot reach, and what staff have to do themselves."""

from peru_media.publishing.withdrawing.order import Docket

__all__ = ["beyond"]

_TWINS = (
    "The same recording is still public under other guids: withdraw these, too, for "
    "nothing can be published beside them:"
)
_APPS = (
    "Copies that listeners and their apps downloaded cannot be called back. Apps drop "
    "an episode from their lists when they next read the feed."
)
_DIRECTORIES = (
    "Directories and search engines keep copies of their own for a while: send the "
    "letters that lie beside this receipt."
)
_CACHES = (
    "Caches on the way, such as those of a CDN that this project does not know, keep "
    "what they have until its time is over: a page for a minute, a medium for a day."
)
_GIT = (
    "What was committed stays in the history of git, here and in every clone. Commit "
    "feeds/withdrawn.yaml and the changed files, then ask whoever looks after the "
    "repository to remove these files from its history:"
)
_MASTERS = (
    "Recordings, transcripts and notes of this machine, of colleagues and of backups "
    "are not touched: delete them as was promised to the person."
)


def beyond(docket: Docket) -> tuple[str, ...]:
    """Say what cannot be recalled, in sentences for the receipt."""
    folders = sorted(
        one.path.rpartition("/")[0] for one in docket.episodes if one.path is not None
    )
    git = f"{_GIT} {', '.join(folders)}" if folders else ""
    twins = f"{_TWINS} {', '.join(docket.twins)}." if docket.twins else ""
    said = (twins, _APPS, _DIRECTORIES, _CACHES, git, _MASTERS)
    return tuple(sentence for sentence in said if sentence)

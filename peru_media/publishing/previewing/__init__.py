"""Preview: the site as it would come out, for the eyes of its writers alone."""

from peru_media.publishing.previewing.hasty import HastyMaker
from peru_media.publishing.previewing.proofs import Proofer, Wish
from peru_media.publishing.previewing.standing import StandingClock

__all__ = ["HastyMaker", "Proofer", "StandingClock", "Wish"]

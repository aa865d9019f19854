"""What staff write to have something taken out of an episode."""

from typing import Literal

from pydantic import model_validator

from peru_media.model.advice import AdviceError, quoted
from peru_media.model.scalars import Day, Line, Seconds
from peru_media.model.value import Value
from peru_media.model.wording import Wording, squeezed, stands_in

__all__ = ["EditField"]

_FEWEST = 2


class EditField(Value):
    """A redaction: a stretch of the recording, or words, to take out everywhere.

    A stretch has a start and an end. ``say`` is what people read in its place.
    One that is no longer wanted is ``lifted``, and stays in the list.
    """

    start: Seconds | None = None
    end: Seconds | None = None
    words: Line | None = None
    how: Literal["cut", "bleep", "silence"] = "cut"
    say: Line = "[removed]"
    lifted: Day | None = None

    @model_validator(mode="after")
    def _something_to_take_out(self) -> "EditField":
        if (self.start is None) != (self.end is None):
            who, what = "An edit of the recording", "needs a start and an end"
            raise AdviceError(who, what, "Give both.", kind="together")
        if self.start is None and self.words is None:
            who, what = "An edit", "takes nothing out"
            fix = "Give a start and an end, or words, or all of them."
            raise AdviceError(who, what, fix, kind="together")
        if self.start is not None and self.end is not None and self.end <= self.start:
            who, what = "An edit", "ends before it begins"
            raise AdviceError(who, what, "Correct its end.", kind="together")
        return self

    @model_validator(mode="after")
    def _other_words(self) -> "EditField":
        if self.words is None:
            return self
        if len(squeezed(self.words)) < _FEWEST:
            who, what = quoted(self.words), "is too short to be taken out everywhere"
            raise AdviceError(who, what, "Give more of the words.", kind="together")
        if stands_in(self.say, [Wording(self.words)]):
            who, what = "say", "holds the very words that are taken out"
            fix = "Say something else, such as [name]."
            raise AdviceError(who, what, fix, kind="together")
        return self

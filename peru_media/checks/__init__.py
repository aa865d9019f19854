"""Judge a site before it is published: one rule, one function, one stable code."""

from peru_media.checks.inputs import Inputs
from peru_media.checks.rules import Rule
from peru_media.checks.table import ALL_RULES, RULES, AnyRule, check, explain

__all__ = ["ALL_RULES", "RULES", "AnyRule", "Inputs", "Rule", "check", "explain"]

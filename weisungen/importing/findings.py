"""Findings: what an editor should know before the proposal becomes a Weisung."""

from weisungen.importing import citation_findings, structure_findings
from weisungen.importing.proposal import Befund
from weisungen.importing.readout import Readout


def collect(readout: Readout) -> tuple[Befund, ...]:
    """The findings of all rules, rule by rule."""
    rules = (*citation_findings.RULES, *structure_findings.RULES)
    return tuple(befund for rule in rules for befund in rule(readout))

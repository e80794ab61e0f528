"""What a free text signals: danger, self-harm, a wish for a person, to leave, to delete."""

from flows.triage.judge import triage
from flows.triage.lines import judge_lines
from flows.triage.secret import cry
from flows.triage.signals import Label, Signal

__all__ = ["Label", "Signal", "cry", "judge_lines", "triage"]

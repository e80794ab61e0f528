"""The pure engine: one event applied to one conversation."""

from flows.state import CLOSED, LIVE, WAITING, State

__all__ = ["CLOSED", "LIVE", "WAITING", "State"]

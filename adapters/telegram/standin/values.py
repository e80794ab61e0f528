"""JSON as Python holds it."""

from typing import Any

Value = Any
"""Any JSON value."""

Json = dict[str, Any]
"""A JSON object."""

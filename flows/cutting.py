"""One step of a file as lines of its own: a small change need not rewrite a large file."""

import re
from dataclasses import dataclass

from flows.reading import Document

HEAD = "steps:\n"
_KEY = re.compile(r"(?:  )?[a-z][a-z0-9_]*:")


@dataclass(frozen=True, slots=True)
class Cut:
    """A file in three parts; `step` can be read by itself.

    Attributes:
        step: `steps:` and below it the one step, with the comments up to the next.
    """

    before: str
    step: str
    after: str

    def with_step(self, text: str) -> str:
        """Return the whole file with another text of the step."""
        return self.before + text.removeprefix(HEAD) + self.after


def cut(document: Document, text: str, name: str) -> Cut | None:
    """Return a file cut at a step, or None where the step has no lines of its own."""
    lines = text.split("\n")
    begins = document.lines.get(("steps", name), 0)
    starts = [
        line for path, line in document.lines.items()
        if len(path) == 1 or (len(path) == 2 and path[0] == "steps")  # noqa: PLR2004  # a step's key
    ]  # fmt: skip
    ends = min((line for line in starts if line > begins), default=0)
    if not begins or "\r" in text or not lines[begins - 1].startswith(f"  {name}:"):
        return None
    if starts.count(begins) > 1 or (ends and not _KEY.match(lines[ends - 1])):
        return None
    first, last = begins - 1, ends - 1 if ends else len(lines)
    before, step, after = lines[:first], lines[first:last], lines[last:]
    joined = "".join(f"{line}\n" for line in step) if ends else "\n".join(step)
    return Cut("".join(f"{line}\n" for line in before), HEAD + joined, "\n".join(after))

"""Make `bot_api.json` from the public description of the Bot API; run by hand when it changes.

    python -m adapters.telegram.standin.generate_tables telegram-bot-api-10.1.json

Source: PaulSonOfLars/telegram-bot-api-spec (MIT, see `bot_api.LICENSE.txt`).
"""

import json
import sys
from pathlib import Path
from typing import Any

TABLES = Path(__file__).with_name("bot_api.json")

Part = dict[str, Any]


def tables(spec: Part) -> Part:
    """Return names, types and what is required, without the prose.

    Returns:
        `methods` and `types`: name -> field -> types joined by `|`, with a leading `!` where the
        field is required; a type that is one of several is a list of their names.
    """
    return {
        "version": spec["version"],
        "methods": {name: _fields(part) for name, part in spec["methods"].items()},
        "types": {name: _type(part) for name, part in spec["types"].items()},
    }


def _type(part: Part) -> dict[str, str] | list[str]:
    return list(part["subtypes"]) if part.get("subtypes") else _fields(part)


def _fields(part: Part) -> dict[str, str]:
    return {
        field["name"]: ("!" if field["required"] else "") + "|".join(field["types"])
        for field in part.get("fields", [])
    }


if __name__ == "__main__":
    made = tables(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    TABLES.write_text(lines.replace("},", "},\n") + "\n", encoding="utf-8")

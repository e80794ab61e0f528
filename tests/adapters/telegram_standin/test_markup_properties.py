"""What holds for every text in every parse mode."""

import hypothesis.strategies as st
from hypothesis import given, settings

from adapters.telegram.standin.entities import formatted
from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.units import units

TAGS = ("<b>", "</b>", "<a href='x.kr'>", "</a>", "<pre>", "</pre>", "<code>", "</code>", "&lt;")
SIGNS = st.sampled_from([*TAGS, *"_*[]()~`>#+-=|{}.!\\\n\r\0 a가😀<\"'/@&"])
TEXTS = st.lists(SIGNS, max_size=30).map("".join)
MODES = st.sampled_from(["HTML", "MarkdownV2", "Markdown", ""])
GIVEN = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["bold", "code", "spoiler"]),
            "offset": st.integers(-1, 12),
            "length": st.integers(-1, 12),
        }
    ),
    max_size=3,
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, MODES, GIVEN)
def test_a_text_is_refused_or_its_entities_lie_within_it(
    text: str, mode: str, entities: list[dict[str, object]]
) -> None:
    try:
        shown, found = formatted(text, mode, entities)
    except ApiError:
        return

    whole = shown.encode("utf-16-le")
    places = [(entity["offset"], entity["length"]) for entity in found]
    assert places == sorted(places, key=lambda place: (place[0], -place[1]))
    for offset, length in places:
        assert length > 0
        assert 0 <= offset <= offset + length <= units(shown)
        whole[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    plain, _ = formatted(text, "", None)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    shown, _ = formatted(escaped, "HTML", None)

    assert shown == plain

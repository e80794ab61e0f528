"""Small scripts that show one thing each, for tests of the engine."""

from flows.dialogues import NOON
from flows.events import Moment

MOMENT = Moment(NOON, "TEST0001", "link1")


def choices_of(count: int, **more: str) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return "".join(
        f"      - {{id: c{n}, label: {{ko: 선택{n}, en: Choice {n}}}{extra}}}\n"
        for n in range(1, count + 1)
    )


MANY = f"""start: one
steps:
  one:
    say: [{{ko: 하나를 골라요, en: Pick one}}]
    choices:
{choices_of(14, goto="two")}  two:
    say: [{{ko: 여럿을 골라요, en: Pick some}}]
    several: true
    choices:
{choices_of(9)}      - {{id: none, label: {{ko: 없음, en: None}}, alone: true}}
    goto: end
  end:
    say: [{{ko: 끝, en: End}}]
    end: close
"""

ORDER = """start: kind
steps:
  kind:
    title: {ko: 종류, en: Kind}
    say: [{ko: 어떤 종류예요, en: Which kind}]
    choices:
      - {id: red, label: {ko: 빨강, en: Red}}
      - {id: blue, label: {ko: 파랑, en: Blue}}
    goto: shade
  shade:
    title: {ko: 밝기, en: Shade}
    say: [{ko: 밝기는요, en: Which shade}]
    text: {kind: text}
    depends: [kind]
    goto: size
  size:
    title: {ko: 크기, en: Size}
    say: [{ko: 크기는요, en: Which size}]
    text: {kind: number}
    goto: check
  check:
    say: [{ko: 맞나요, en: Right}]
    review: [kind, shade, size]
    goto: end
  end:
    say: [{ko: 끝, en: End}]
    end: close
"""

CALLS = (
    """start: a
steps:
  a:
    say: [{ko: 첫 질문, en: First}]
    text: {kind: number}
    goto: call
  call: {call: t1, goto: b}
  b:
    say: [{ko: 돌아왔어요, en: Back}]
    text: {kind: number}
    goto: end
  end: {say: [{ko: 끝, en: End}], end: close}
""",
    """start: c
steps:
  c:
    say: [{ko: 안의 질문, en: Inner}]
    text: {kind: number}
    goto: deep
  deep: {call: t2, goto: d}
  d:
    say: [{ko: 안의 둘째, en: Inner two}]
    text: {kind: number}
    end: return
""",
    """start: e
steps:
  e:
    say: [{ko: 가장 안, en: Innermost}]
    text: {kind: number}
    end: return
""",
)

LOOP = """start: a
steps:
  a: {say: [{ko: 가, en: A}], goto: b}
  b: {say: [{ko: 나, en: B}], goto: a}
"""

RISK = """start: weapon
risk:
  - {id: armed, when: weapon == 'yes', urgency: R1, because: {ko: 무기, en: Weapon}}
  - {id: near, when: place == 'near', lift: true, because: {ko: 가까움, en: Near}}
  - {id: nearer, when: place == 'near', lift: true, because: {ko: 더, en: More}}
steps:
  weapon:
    title: {ko: 무기, en: Weapon}
    say: [{ko: 무기가 있나요, en: Weapon}]
    choices:
      - {id: "yes", label: {ko: 네, en: "Yes"}}
      - {id: "no", label: {ko: 아니요, en: "No"}}
      - {id: unknown, label: {ko: 몰라요, en: Unknown}}
      - {id: skip, label: {ko: 넘어가기, en: Skip}}
    goto: place
  place:
    say: [{ko: 어디 있나요, en: Where}]
    choices:
      - {id: near, label: {ko: 가까이, en: Near}}
      - {id: far, label: {ko: 멀리, en: Far}}
    goto: rest
  rest:
    say: [{ko: 더 있나요, en: More}]
    text: {kind: text}
    goto: rest2
  rest2:
    say: [{ko: 또요, en: Again}]
    text: {kind: text}
    end: close
"""

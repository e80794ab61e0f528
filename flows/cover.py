"""The phone in somebody else's hand: a harmless talk stands there, and a counselor is told."""

from flows.effects import Clear, Note, Say
from flows.hand import STANDING, Hand
from flows.messages import Button
from flows.state import LIVE, WAITING
from flows.triage import Label, Signal

COVERED = "covered"
"""The mark of a covered talk in the memory: `cover`, or `duress` when she was forced."""
UNCOVERED = "uncovered"
"""The mark of a talk that was covered once: what was held is let go when she is back."""
VEIL = "veil"
"""In the memory of a covered talk: up to which number her page shows nothing any more."""
GUARDS = "guards"
"""In the memory: which secret words there are."""
REENTRY = "reentry"
"""In the memory: she was asked for her word after a long silence."""
HERE_AT = "here_at"
SILENCE_S = 12 * 60 * 60
"""After so long a silence it is not taken for granted that it is she."""
COVER_URGENCY = 2
HARMLESS = ("cover_1", "cover_2", "cover_3", "cover_4")
_TURNED = "cover_turn"
_TOLD = {"telegram": "cover_told_telegram", "kakao": "cover_told_kakao"}
"""What can be cleared differs; the web page has its own way out."""


def cover(hand: Hand, how: str = "cover") -> None:
    """Clear what can be cleared and let a harmless talk stand there."""
    if hand.place:
        hand.resume = hand.step
        hand.fire("close")
    hand.memory[COVERED] = how
    hand.memory[_TURNED] = "0"
    urgency = 0 if how == "duress" else min(hand.risk, COVER_URGENCY)
    hand.effects.append(Note(how))
    hand.summon(urgency, how)
    hand.effects.append(Clear())
    harmless(hand)


def tell(hand: Hand) -> None:
    """Say once in a messenger what covering does and what it cannot clear: then its button stands.

    Not at the first question, which has more to say, nor in danger, nor in a third bubble.
    """
    told = _TOLD.get(hand.channel)
    spoken = sum(isinstance(effect, Say) for effect in hand.effects)
    if told and STANDING not in hand.memory and hand.asked > 1 and hand.risk and not spoken:
        hand.memory[STANDING] = "1"
        hand.say(hand.phrase(told))


def harmless(hand: Hand) -> None:
    """Say the next harmless thing."""
    turn = int(hand.memory.get(_TURNED, "0"))
    hand.memory[_TURNED] = str(turn + 1)
    hand.say(hand.phrase(HARMLESS[turn % len(HARMLESS)]), [_one_more(hand)])


def is_covered(hand: Hand) -> bool:
    """Say whether a harmless talk stands there."""
    return COVERED in hand.memory


def uncover(hand: Hand, word: str, *, asked: bool) -> bool:
    """Come back: by a secret word, or by asking again where she has no word."""
    how = hand.memory.get(COVERED, "")
    guarded = hand.memory.get(GUARDS, "")
    if how == "duress":
        known = word == "code"
    else:
        known = word in {"cover", "code"} or (asked and not guarded)
    if known:
        hand.memory.pop(COVERED, None)
        hand.memory.pop(_TURNED, None)
        hand.memory.pop(VEIL, None)
        hand.memory[UNCOVERED] = "1"
        hand.effects.append(Note("uncovered"))
    return known


def under_cover(hand: Hand, signal: Signal) -> bool:
    """Take a text while covered; True when it is a cry for help that must be answered openly.

    Who was forced to write is not answered openly: a counselor is told at once instead.
    """
    urgent = signal.label in {Label.IMMINENT, Label.SELFHARM}
    if urgent and not forced(hand):
        show_openly(hand)
        return True
    if urgent:
        hand.effects.append(Note("signal", f"{signal.label.value}: " + ", ".join(signal.why)))
        hand.summon(0, f"signal:{signal.label.value}")
    harmless(hand)
    return False


def forced(hand: Hand) -> bool:
    """Say whether she was made to write: then nothing is shown openly."""
    return hand.memory.get(COVERED) == "duress"


def show_openly(hand: Hand) -> None:
    """Help weighs more than the cover."""
    hand.memory.pop(COVERED, None)
    hand.memory.pop(VEIL, None)
    hand.memory[UNCOVERED] = "1"


def guard(hand: Hand, kind: str) -> None:
    """Note that there is a secret word of this kind."""
    kinds = set(filter(None, hand.memory.get(GUARDS, "").split(",")))
    hand.memory[GUARDS] = ",".join(sorted(kinds | {kind}))
    hand.memory[HERE_AT] = str(int(hand.moment.at.timestamp()))


def is_long_silent(hand: Hand) -> bool:
    """Note that somebody is here now; True when nobody was for so long that we must ask.

    Only who has a code word can be asked for it; on the web page the code word opens anyway.
    """
    if "code_word" not in hand.memory.get(GUARDS, "") or hand.channel == "web":
        return False
    now = int(hand.moment.at.timestamp())
    before = int(hand.memory.get(HERE_AT, str(now)))
    hand.memory[HERE_AT] = str(now)
    return now - before > SILENCE_S and hand.step not in {LIVE, WAITING}


def greeted(hand: Hand) -> None:
    """We spoke first, as she had chosen: whoever answers is not asked who it is."""
    if HERE_AT in hand.memory:
        hand.memory[HERE_AT] = str(int(hand.moment.at.timestamp()))


def ask_who(hand: Hand) -> None:
    """Ask for her code word, in words that tell a stranger nothing."""
    hand.memory[REENTRY] = "1"
    help_now = hand.command_button("emergency")
    hand.say(hand.phrase("reentry_ask"), [Button(hand.phrase("skip"), "!menu")], [help_now])


def knows(hand: Hand, word: str) -> bool:
    """Take the answer to that question; what it was is noted for the counselor."""
    hand.memory.pop(REENTRY, None)
    known = word == "code"
    hand.effects.append(Note("reentry", "known" if known else "not known"))
    if not known:
        hand.resume = None
        hand.flags.discard("verified")
    return known


def _one_more(hand: Hand) -> Button:
    return Button(hand.phrase("cover_more"), "!more")

"""The boundary shield: a refusal, a stop, fear, consent, safety, medicine, law, protest is never a hurt, by any cue."""

from __future__ import annotations

import tomllib

import pytest

from nearer.cues import catalogue
from nearer.cues.check import build_cue
from nearer.cues.loader import HOME
from nearer.cues.patterns import Compiler
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

REFUSAL = [
    "No.", "no", "NO!!", "Nope", "nah", "No thank you.", "I said no.", "i already said no", "No means no.",
    "I don't want to", "i dont wanna", "I'm not going to do that", "im not doing it", "I won't", "I can't tonight",
    "I'd rather not", "i would rather you didn't", "not tonight", "Not today, thanks.", "I'm not in the mood",
    "I'm not ready", "I'm not comfortable with that", "count me out", "I'll pass", "that's a no from me",
    "the answer is no", "It's still no.", "my answer hasn't changed", "you asked and I said no", "I decline.",
    "I must respectfully decline", "absolutely not", "no way am I lending you money again", "hell no",
    "I ain't doing that", "I am not agree with this", "nah fam i'm good", "I told you no already", "No, full stop.",
]  # fmt: skip
STOP = [
    "Stop.", "STOP IT", "please stop", "stop it now", "Stop touching me", "stop texting me", "stop yelling at me",
    "Stop. I mean it.", "Leave me alone!", "leave me be", "Back off", "back off!!", "give me space", "Go away",
    "Don't touch me", "don't call me again", "Do not contact me again.", "get off me", "get out of my house",
    "let go of me", "Let me go!", "get away from me", "take your hands off me", "don't talk to me like that",
    "Don't speak to me that way", "You can't talk to me like that", "you don't get to shout at me", "enough!",
    "that's enough", "I need you to stop", "Quit it.", "knock it off", "I asked you to stop", "I've blocked you",
    "we're done talking about this", "I'm hanging up now", "I'm leaving the room", "do not come here",
]  # fmt: skip
FEAR = [
    "I'm scared of you", "im scared", "You're scaring me", "you scare me when you shout", "I'm afraid of what you'll do",
    "I don't feel safe", "i dont feel safe with you", "you make me feel unsafe", "You hurt me", "you hit me",
    "You pushed me into the wall", "you grabbed my arm", "you threatened me", "you're hurting me", "I'm frightened",
    "please don't hurt me", "you are intimidating me", "I am terrified when you drive like that", "You raped me.",
    "you lied to me about the money", "you followed me home", "you locked me out",
]  # fmt: skip
CONSENT = [
    "I didn't consent to that", "I never agreed to this", "you did it without my permission", "it was against my will",
    "I don't consent", "I said stop and you carried on", "you read my messages without asking",
    "I did not say yes", "don't post pictures of me", "do not share that photo", "use a condom or it's not happening",
    "my body, my choice", "you don't own me",
]  # fmt: skip
SAFETY = [
    "Put the knife down!", "SLOW DOWN", "watch out!!", "Look out!", "get out of the road!", "call 911", "Call an ambulance now",
    "put your seatbelt on", "give me the keys, you've been drinking", "you're too drunk to drive", "wear your helmet",
    "Don't drive like that", "get the kids out of the house now", "turn the gas off NOW", "call the police",
    "take your insulin", "you need to take your meds", "use your inhaler!", "don't eat that, it has nuts in it",
    "you have to see a doctor about that lump", "he needs his medication at 8", "you must not mix those tablets",
]  # fmt: skip
LAW = [
    "the court said you have him on Sundays", "my lawyer will contact you", "You owe child support for March",
    "that's against the law", "the restraining order says 100 metres", "the lease says no smoking",
    "speak to my solicitor", "you signed the contract", "it's illegal to record me", "the judge gave me custody",
]  # fmt: skip
PROTEST = [
    "That's not fair.", "this is unfair", "It isn't right that I do all of it", "that's not okay", "This is not OK with me.",
    "that was out of line", "You crossed a line", "that's abuse", "this is harassment", "that was racist",
    "What you said was sexist and it hurt", "you had no right to do that", "I deserve better than this",
    "I won't be spoken to like that", "that's my limit", "This is a boundary for me", "I will not accept this",
    "I'm not your servant", "don't blame me for your drinking", "you can't make me", "I don't owe you sex",
    "that is discrimination", "I will not be treated this way", "You cheated on me", "you stole from me",
]  # fmt: skip
EVERY = [*REFUSAL, *STOP, *FEAR, *CONSENT, *SAFETY, *LAW, *PROTEST]
BEFORE: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("other", "come on, why not?"),),
    (("me", "no"), ("other", "answer me. are you coming or not?")),
    (("other", "I feel so low today, I really need you."),),
)
"""Alone, under pressure, again, and after a plea: brevity in the face of pressure is no hurt either."""


def hurts(text: str, before: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """The hurts cues found in a message, Self-care aside, which reads only what the holder asked to have read."""
    cues = catalogue().cues
    signals = read_signals(Lines.of_pairs([*before, ("me", text)]), catalogue())
    found = [h.cue for h in signals.hits if h.message == len(before) and cues[h.cue].polarity == "hurts"]
    return [c for c in found if cues[c].family != "self_care"]


@pytest.mark.parametrize("text", EVERY)
def test_never_a_hurt(text: str) -> None:
    voices = (text, text.lower().replace("'", ""), text.upper())
    assert {(v, b): hurts(v, b) for v in voices for b in BEFORE if hurts(v, b)} == {}


def test_no_file_can_switch_the_shield_off() -> None:
    book = catalogue()
    for cue in book.cues.values():
        assert cue.polarity != "hurts" or cue.family == "self_care" or "boundary" in cue.silent_in
    path = HOME / book["OWN202"].file
    raw = tomllib.loads(path.read_text(encoding="utf-8")) | {"speaks_in": ["boundary", "question"]}
    lifted = build_cue(book["OWN202"].file, raw, Compiler(book.vocabulary), book.features, path)
    assert "boundary" in lifted.silent_in
    assert "question" not in lifted.silent_in

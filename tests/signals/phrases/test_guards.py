"""The guards that every cue shares: the same hurtful words, silenced by their place, and heard where it does not."""

from __future__ import annotations

import pytest

from nearer.cues import catalogue
from nearer.signals.normal import normal
from nearer.signals.phrases import scan, table_for

JUDGES = frozenset({"OWN201", "OWN202", "OWN203", "OWN205", "ACC201"})
"""Cues of plain words that speak in none of these places."""

REPORTED = [
    "he said you're selfish",
    "my sister told me you never listen",
    "mum says you're so lazy",
    "apparently she told everyone you're a liar",
    "he keeps saying I'm an idiot",
    "my boss called me and was like you're useless",
    "she texted you never help",
    "Tom yelled that you're pathetic",
    "i heard you're a control freak",
    "they think you're just jealous",
    "dad reckons you're lazy",
    "i used to think you're selfish",
    "in the film the wife goes you're a monster",
    "someone on the train shouted you're an idiot",
    "she accused me of it, said you always interrupt",
    "according to him you're a liar",
    "her exact words were you're pathetic",
    "and then he's like you're so lazy",
    "he's been going on about how you never help",
    "everyone at work thinks I'm an idiot",
    "did she say you're lazy",
    "people say you're selfish when you set limits",
]

NEGATED = [
    "I'm not saying you're selfish",
    "i dont think you're lazy at all",
    "no one is saying you're an idiot",
    "I never said you never help",
    "it's not that you're lazy",
    "that doesn't mean you're selfish",
    "im not suggesting youre a liar",
    "I didn't mean you never listen",
    "nobody thinks you're pathetic",
    "not because you're lazy, you were tired",
    "don't ever think you're stupid",
    "stop telling yourself I'm an idiot",
    "I wouldn't say you're rude",
    "i cant say you're lazy",
    "never ever think you're stupid",
    "I doubt you're selfish",
    "it isn't true that you're lazy",
    "there's no way you're selfish",
    "i take back that you're selfish",
    "I was wrong to say you're lazy",
]

HYPOTHETICAL = [
    "if I said you're selfish you'd be cross",
    "imagine I told you you're so lazy",
    "let's say you never help, what then",
    "i might say you're selfish on a bad day",
    "suppose you never listen to anyone",
    "whether you're lazy or just tired I can't tell",
    "unless you're a liar it will all come out",
    "if you never listen it all goes wrong",
    "pretend you're an idiot for the sketch",
    "assuming you're a liar, who paid",
]

PLAYFUL = [
    "you're such an idiot haha",
    "ur so mean 😂",
    "you're a monster 😘",
    "you never listen lol",
    "you're so lazy, jk",
    "you're selfish <3",
    "omg you're a nightmare, love you",
    "I'm such an idiot 🤣",
    "you always forget your keys xx",
    "you're an idiot ;)",
    "hahaha you're pathetic",
    "you're so cruel lmao",
]

HEARD = [
    "you're so selfish",
    "he left early and you're selfish, end of",
    "I'm tired. you never listen to me",
    "You said six. You're so selfish!",
    "I can't sleep. you never help",
    "no, you're just jealous",
    "I asked you twice. you never listen",
    "it's not about the bins. you're lazy",
    "if you want to know, I asked. you never listen to me",
    "do what you like, you're so selfish",
    "you never listen to me and i'm done being ignored",
    "She was nice about it. You're cruel",
    "we were at mum's and you're so rude to her",
    "she's like you, only you're so rude",
    "people talk, I saw it, you're a liar",
    "that's not true, you're so lazy",
    "come on, you never help",
    "that's not it. you never ask me anything",
    "I laughed at it once. You're a bully",
]


def spoken(text: str) -> set[str]:
    """The judging cues that speak on one message."""
    hits = scan([normal(text)], table_for(catalogue())).hits
    return {h.cue for h in hits} & JUDGES


@pytest.mark.parametrize("text", REPORTED)
def test_words_of_somebody_else_are_silent(text: str) -> None:
    assert spoken(text) == set()


@pytest.mark.parametrize("text", NEGATED)
def test_denied_words_are_silent(text: str) -> None:
    assert spoken(text) == set()


@pytest.mark.parametrize("text", HYPOTHETICAL)
def test_imagined_words_are_silent(text: str) -> None:
    assert spoken(text) == set()


@pytest.mark.parametrize("text", PLAYFUL)
def test_words_in_play_are_silent(text: str) -> None:
    assert spoken(text) == set()


@pytest.mark.parametrize("text", HEARD)
def test_words_of_ones_own_are_heard(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", ['"you\'re so selfish" she wrote', "> you never listen to me\nhow do I answer this"])
def test_quoted_words_are_silent(text: str) -> None:
    assert spoken(text) == set()

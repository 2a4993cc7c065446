"""Write docs/words.md: every sentence that nearer can say to a person, on one page to be read whole. `make docs`.

Cues are taken from the catalogue; everything else from the source itself (Python and templates), so that no sentence can
be forgotten. Beside each section stands its reading grade (Flesch-Kincaid), with syllables as Pyphen counts them.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from nearer.cues import Cue, catalogue
from nearer.guidance.danger import SHIPPED
from nearer.model import NAMES

ROOT = Path(__file__).resolve().parents[1] / "src" / "nearer"
PAGE = Path(__file__).with_name("words.md")
HOLE = "…"
"""Where a name, a number or a person's own words are filled in."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "Practice": ("guidance/practice/vignettes",),
    "Advice": ("guidance",),
    "Ladder, kind and next step": ("reading", "signals"),
    "Reports": ("report",),
    "The app": ("web",),
    "Journal": ("journal",),
    "Commands and what they answer": ("commands", "cli.py", "work.py", "api.py"),
    "Files that cannot be read, and what was assumed": ("sources", "speech", "conversation.py", "convert"),
    "Research tools": ("corpus", "cues", "paths.py", "errors.py"),
}
"""A file stands under the first heading that names its folder."""
_SAID = frozenset({"NearerError", "UsageError", "skip", "note", "echo", "Option", "Argument", "prompt", "print"})
"""Calls whose texts people read, whatever those look like."""
_SENTENCE = re.compile(r"(?:[A-Z“…].*[ ].*[.?!:”…]|[A-Z…][\w’' ,-]+ [\w’' ,…-]+)\Z", re.S)
_CODE = re.compile(r"\\[bswd]|\(\?|[{}<>]|^[A-Z_]+ |SELECT |PRAGMA|charset|default-src|\|")
_LABEL = re.compile(r"^(?:May be heard as|Or|To try|A kind answer|For example): ")
_INLINE = re.compile(r"</?(?:strong|em|b|bdi|span|a|code|time|mark|label|i)\b[^>]*>")


def sections() -> dict[str, list[tuple[str, list[str]]]]:
    """Heading -> [(where, sentences)], cues first."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for where, cues in groupby(catalogue().cues.values(), key=_place):
        found.setdefault(where, []).extend((f"{cue.code} {cue.name}", list(_of_cue(cue))) for cue in cues)
    shown: set[Path] = set()
    for heading, places in SECTIONS.items():
        files = sorted({p for place in places for p in _files(ROOT / place)} - shown)
        shown.update(files)
        found[heading] = [(p.relative_to(ROOT).as_posix(), said) for p in files if (said := _of_file(p))]
    return {heading: rows for heading, rows in found.items() if rows}


def _place(cue: Cue) -> str:
    return "Danger screen" if cue.stage == "danger" else NAMES[cue.family_or_stage]


def _of_cue(cue: Cue) -> Iterator[str]:
    yield cue.what
    yield f"May be heard as: {cue.heard_as}"
    if cue.other_reading:
        yield f"Or: {cue.other_reading}"
    yield f"To try: {cue.adjust}"
    if cue.answer:
        yield f"A kind answer: {cue.answer}"
    for rule in dict.fromkeys(r.to for r in cue.rewordings):
        yield "For example: " + re.sub(r"(?:\\\d)+", HOLE, rule)


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [
        p for p in place.rglob("*") if p.suffix in (".py", ".j2") or (p.suffix == ".toml" and "practice" in p.parts)
    ]


def _of_file(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        said = _of_toml(tomllib.loads(text))
    elif path.suffix == ".j2":
        said = _of_template(text)
    else:
        said = _of_python(ast.parse(text), "commands" in path.parts)
    return list(dict.fromkeys(" ".join(s.split()) for s in said if re.search(r"[a-z]{2}", s)))


def _of_python(tree: ast.Module, is_command: bool) -> Iterator[str]:
    """Texts of calls that speak to people, and every other constant that reads like a sentence."""
    skip: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            _docstrings(node.body, skip)
            if is_command and isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield from (ast.get_docstring(node) or "").split("\n\n")[:1]
        if isinstance(node, ast.Call) and _name(node.func) in _SAID:
            for part in (*node.args, *(k.value for k in node.keywords if k.arg == "help")):
                if (text := _text(part)) and " " in text:
                    skip.update(id(n) for n in ast.walk(part))
                    yield text
        elif isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in skip:
            skip.update(id(n) for n in ast.walk(node))
            text = _text(node) or ""
            if _SENTENCE.match(text.strip()) and not _CODE.search(text) and len(text.split()) > 2:
                yield text


def _docstrings(body: list[ast.stmt], skip: set[int]) -> None:
    """Texts that stand alone as statements speak to programmers."""
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            skip.add(id(statement.value))


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{[^{}]*\}", HOLE, node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else HOLE for v in node.values)
    return None


def _of_toml(value: object) -> Iterator[str]:
    """Every text of more than one word."""
    if isinstance(value, str):
        yield from [value] if " " in value else []
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _of_toml(part)


def _of_template(text: str) -> Iterator[str]:
    """What stands between the tags, the texts inside expressions, and what a screen reader is told."""
    text = re.sub(r"<style.*?</style>|<script.*?</script>|{#.*?#}", "", text, flags=re.S)
    yield from (
        s for e in re.findall(r"{[{%](.*?)[%}]}", text, flags=re.S) for s in re.findall(r'"([^"()=]* [^"()=]*)"', e)
    )
    text = re.sub(r"{{.*?}}", HOLE, text, flags=re.S)
    text = re.sub(r"{%.*?%}", "\n", text, flags=re.S)
    yield from re.findall(r'(?:aria-label|placeholder|title)="([^"]* [^"]*)"', text)
    for part in re.split(r"<[^>]*>|\n", _INLINE.sub("", text)):
        yield part.strip(" #*-")


@cache
def _pyphen() -> object:
    import pyphen

    return pyphen.Pyphen(lang="en_US")


@cache
def syllables(word: str) -> int:
    """As Pyphen finds them, or as many as there are groups of vowels, whichever is more; at least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    vowels = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e(?:d|s)?$", "", plain)))
    return max(len(_pyphen().positions(plain)) + 1, vowels)  # type: ignore[attr-defined]


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid school grade of the texts together; every text ends a sentence, labels before them aside."""
    texts = [_LABEL.sub("", text) for text in texts]
    words = [w for text in texts for w in re.findall(r"[A-Za-z][A-Za-z’']*", text)]
    ends = sum(max(1, len(re.findall(r"[.!?](?=\s|$|”)", text.strip()))) for text in texts)
    if not words:
        return 0.0
    return 0.39 * len(words) / ends + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def page() -> str:
    """The whole page as Markdown."""
    found = sections()
    out = [
        "# Every sentence nearer can say",
        "",
        "Made by `make docs` from the catalogue and the source; change the words there. “…” stands for a name, a number or",
        "somebody's own words. The grade is the Flesch-Kincaid school grade: six is what most twelve-year-olds read with ease.",
        f"The list of places that help is `{SHIPPED.relative_to(ROOT.parents[1]).as_posix()}`.",
        "",
        "| section | sentences | grade |",
        "|---|---|---|",
    ]
    for heading, rows in found.items():
        said = [s for _, texts in rows for s in texts]
        out.append(f"| {heading} | {len(said)} | {grade(said):.1f} |")
    for heading, rows in found.items():
        out += ["", f"## {heading}"]
        for where, texts in rows:
            out += ["", f"**{where}**", "", *(f"- {_escaped(text)}" for text in texts)]
    return "\n".join(out) + "\n"


def _escaped(text: str) -> str:
    return re.sub(r"([*_<>\[\]`])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""What a corpus is made of: pieces of work, each a few whole conversations, always cut the same way.

Files of any format nearer knows make pieces of many files. Tables (Parquet, JSON, JSON Lines, CSV with a conversation column)
are first dealt out by a hash of the conversation's id into parts on disk, so that conversations that lie interleaved or
out of order come together whole, and memory is bounded by a part.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.corpus.rows import FIELDS, columns_of, count, slices
from nearer.corpus.times import dates_in, unread, with_times
from nearer.errors import NearerError, UsageError
from nearer.sources.cells import key_of
from nearer.sources.dates import decide, left_open

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation
    from nearer.sources.base import DateOrder
    from nearer.sources.dates import Fields

PIECES = 64
"""A corpus is cut into at least so many pieces, so that workers share it evenly, but for the least size of a piece."""
FILES_A_PIECE = 64
BYTES_A_MESSAGE = 80
"""Of an export, roughly: what a file's size says about its messages before it is read."""
_DEALT = "dealt"
"""The mark that all rows are dealt out, with what was found on the way."""
_SOON = 2
"""Pieces at the beginning that are small."""


@dataclass(frozen=True)
class Piece:
    """One piece of work: `files` to load, which are called by their place under `root` and have `dates` in that order
    where it is said, or one `part` (a folder of dealt-out rows)."""

    number: int
    files: tuple[str, ...] = ()
    part: str = ""
    root: str = ""
    dates: DateOrder | None = None


@dataclass(frozen=True)
class Problem:
    """Something that could not be read: which file, where in it (row or line, or ""), and why."""

    file: str
    place: str
    why: str


@dataclass
class Talk:
    """One conversation with its id."""

    id: str
    conversation: Conversation


def root_of(source: str) -> str:
    """The folder under which conversations are called by their files' places."""
    path = Path(source)
    if path.is_dir() and not (path / "utterances.jsonl").exists():
        return source
    fixed = takewhile(lambda part: not set(part) & set("*?["), path.parts[:-1])
    return str(path.parent if path.exists() else Path(*fixed))


def found(source: str, beside: Path | None = None) -> list[Path]:
    """Every file of a folder, a glob, or the one file named, in order. A ConvoKit corpus folder counts as one. What lies
    in `beside` is output, and none of them."""
    path = Path(source)
    if path.is_dir():
        if (path / "utterances.jsonl").exists():
            return [path]
        inner = sorted(
            p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts)
        )
        corpora = {p.parent for p in inner if p.name == "utterances.jsonl"}
        files = [p for p in inner if p.is_file() and not corpora & set(p.parents)]
        out = sorted([*files, *corpora])
    else:
        out = [path] if path.exists() else sorted(Path(p) for p in glob.glob(source, recursive=True))
    if beside is not None:
        made = Path(os.path.abspath(beside))
        out = [p for p in out if not Path(os.path.abspath(p)).is_relative_to(made)]
    if not out:
        raise NearerError(f"There is nothing to read at {source}.")
    return out


def fingerprint(files: Sequence[Path]) -> str:
    """A hash of what the input is: names, sizes and times of change."""
    digest = hashlib.sha256()
    for path in files:
        stat = path.stat()
        digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Size:
    """How many messages a piece should hold at least and at most, whole conversations aside. What is lost by a kill, and
    what one worker holds in memory, is at most one piece. The first two are `sooner` times smaller, so that there is
    something to look at while the rest is read."""

    least: int
    most: int
    sooner: int = 8

    def of(self, messages: int) -> int:
        """Messages a piece, for a corpus of so many. It depends on the corpus alone, never on the workers."""
        return min(self.most, max(self.least, messages // PIECES))


PATTERNS = Size(5_000, 200_000)
ENCODER = Size(500, 20_000)
"""With the encoder a message costs a hundred times as much, and its signals take a kilobyte."""


def pieces(
    files: Sequence[Path],
    columns: Mapping[str, str],
    work: Path,
    size: Size = PATTERNS,
    root: str = "",
    dates: DateOrder | None = None,
) -> tuple[list[Piece], list[Problem]]:
    """The pieces of a corpus, and what could not be dealt out. `work` is a folder for the dealt-out rows, `root` that
    under which files are called by their places, `dates` the order of day, month and year where it is said."""
    tables: list[tuple[Path, dict[str, str]]] = []
    others: list[Path] = []
    problems: list[Problem] = []
    for path in files:
        table = _table(path)
        try:
            mapped = columns_of(table, columns)
        except UsageError as error:
            problems.append(Problem(str(path), "", str(error)))
            continue
        if mapped:
            tables.append((table, mapped))
        else:
            others.append(path)
    if problems and not tables:
        raise UsageError(problems[0].why)  # Where other tables have the columns, this one is no part of the corpus.
    out = [Piece(number, files=some, root=root, dates=dates) for number, some in enumerate(_cut(others, size))]
    if tables:
        parts, undealt = _deal(tables, work, size, root, dates)
        problems += undealt
        out += [Piece(len(out) + i, part=str(p)) for i, p in enumerate(parts)]
    return out, problems


def _table(path: Path) -> Path:
    """The file that may be a table: of a ConvoKit corpus the one with its utterances, which hold all conversations."""
    inner = path / "utterances.jsonl"
    return inner if inner.exists() else path


def talks(piece: Piece) -> Iterator[Talk | Problem]:
    """The conversations of one piece, in order; what cannot be read comes as a Problem and stops nothing."""
    if piece.part:
        yield from _from_part(Path(piece.part))
        return
    for file in piece.files:
        yield from _from_file(Path(file), piece)


def _cut(files: Sequence[Path], size: Size) -> Iterator[tuple[str, ...]]:
    """Files in their order, some for each piece: by number, and by how many messages they may hold."""
    weights = [_weight(path) // BYTES_A_MESSAGE for path in files]
    most, cut = size.of(sum(weights)), 0
    some: list[str] = []
    held = 0
    for path, weight in zip(files, weights, strict=True):
        share = size.sooner if cut < _SOON else 1
        if some and (len(some) >= FILES_A_PIECE // share or held + weight > most // share):
            yield tuple(some)
            some, held, cut = [], 0, cut + 1
        some.append(str(path))
        held += weight
    if some:
        yield tuple(some)


def _weight(path: Path) -> int:
    try:
        return _table(path).stat().st_size
    except OSError:
        return 0


def _name(path: Path, root: str) -> str:
    return path.relative_to(root).as_posix() if root else str(path)


def _from_file(path: Path, piece: Piece) -> Iterator[Talk | Problem]:
    from nearer.sources import Options, chats, load

    name, options = _name(path, piece.root), Options(dates=piece.dates)
    try:
        several = [c.id for c in chats(path)]
        read = (
            {f"{name}#{chat}": replace(options, chat=chat) for chat in several} if len(several) > 1 else {name: options}
        )
        for called, chosen in read.items():
            conversation = load(path, chosen)
            if (note := left_open(conversation.notes)) is not None:
                yield Problem(str(path), chosen.chat or "", note)
            yield Talk(called, conversation)
    except NearerError as error:
        yield Problem(str(path), "", str(error))
    except Exception as error:
        yield Problem(str(path), "", f"could not be read ({type(error).__name__})")


def _deal(
    tables: Sequence[tuple[Path, Mapping[str, str]]], work: Path, size: Size, root: str, order: DateOrder | None
) -> tuple[list[Path], list[Problem]]:
    import orjson
    import polars as pl

    problems: list[Problem] = []
    total = 0
    for path, _ in tables:
        with suppress(Exception):  # Its rows cannot be read either, which is told of below.
            total += count(path)
    many = max(1, -(-total // size.of(total)))
    parts = [work / f"part-{k:05}" for k in range(_SOON + many)]
    done = work / _DEALT
    if done.exists():
        # What went wrong while dealing is kept with the mark: a run that goes on tells of it too.
        return parts, [Problem(*row) for row in orjson.loads(done.read_bytes())["problems"]]
    for part in parts:
        part.mkdir(parents=True, exist_ok=True)
    shares = pl.col("conversation").fill_null("").hash(7) % (size.sooner * many)
    orders: dict[str, DateOrder] = {}
    for number, (path, mapped) in enumerate(tables):
        dates: dict[Fields, None] = {}
        for start, some in slices(path, mapped, _name(path, root)):
            if isinstance(some, Exception):
                why = str(some) if isinstance(some, NearerError) else f"could not be read ({type(some).__name__})"
                problems.append(Problem(str(path), f"rows from {start}", why))
                continue
            dates |= dict.fromkeys(dates_in(some))
            some = some.with_columns(
                pl.lit(str(path)).alias("file"),
                pl.when(shares < _SOON).then(shares).otherwise(_SOON + shares % many).alias("part"),
            )
            for (part,), rows_of in some.partition_by("part", as_dict=True, include_key=False).items():
                rows_of.write_parquet(parts[int(part)] / f"{number:06}-{start:012}.parquet")
        if dates:
            # Decided here, from all rows of the file: parts, which see some of them, could come to different ends.
            orders[str(path)], note = decide(list(dates), order)
            if note:
                problems.append(Problem(str(path), "", note))
    partial = done.with_suffix(".part")
    partial.write_bytes(orjson.dumps({"problems": [[p.file, p.place, p.why] for p in problems], "orders": orders}))
    os.replace(partial, done)
    return parts, problems


def _from_part(part: Path) -> Iterator[Talk | Problem]:
    import orjson
    import polars as pl

    files = sorted(part.glob("*.parquet"))
    if not files:
        return
    rows = pl.concat([pl.read_parquet(f) for f in files], how="diagonal").with_row_index("place")
    rows = rows.with_columns(pl.lit(None, pl.String).alias(c) for c in FIELDS if c not in rows.columns)
    # Empty words are a message, of a picture perhaps.
    lacks = [pl.when(pl.col(c).is_null()).then(pl.lit(f"no {c}")) for c in ("conversation", "speaker", "text")]
    rows = rows.with_columns(pl.coalesce("why", *lacks))
    for file, row, why in rows.filter(pl.col("why").is_not_null()).select("file", "row", "why").iter_rows():
        yield Problem(file, f"row {row}", why)
    rows = rows.filter(pl.col("why").is_null())
    twice = pl.col("id").is_not_null() & (pl.struct("conversation", "id").is_duplicated())
    again = rows.filter(twice).filter(~pl.struct("conversation", "id").is_first_distinct())
    for file, row in again.select("file", "row").iter_rows():
        yield Problem(file, f"row {row}", "the id comes twice in its conversation; the first is read")
    rows = rows.join(again.select("place"), on="place", how="anti", maintain_order="left")
    rows = with_times(rows, orjson.loads((part.parent / _DEALT).read_bytes())["orders"])
    untold = rows.filter(unread()).group_by("conversation", maintain_order=True)
    for _, file, row, others in untold.agg(pl.first("file"), pl.first("row"), pl.len() - 1).iter_rows():
        more = f", nor those of {others} more rows of its conversation" if others else ""
        yield Problem(file, f"row {row}", f"its time could not be read{more}; the words were kept")
    # A row without a time stays behind the one before it. Without any, numbers of turns count where each comes once:
    # else they begin again somewhere, or a turn has several rows, and the order of the file is the better one.
    when, turn = pl.coalesce("at", pl.col("start") * 1000), pl.col("turn").cast(pl.Float64, strict=False)
    numbered = when.is_null().all() & turn.is_not_null().all() & (turn.n_unique() == pl.len())
    order = pl.when(numbered).then(turn).otherwise(when.forward_fill()).over("conversation").fill_null(float("-inf"))
    rows = rows.with_columns(order.alias("order"))
    for group in rows.partition_by("conversation", maintain_order=True):
        try:
            yield _talk(group)
        except Exception as error:
            yield Problem(group["file"][0], f"conversation {group['conversation'][0]}",
                          f"could not be read ({type(error).__name__})")  # fmt: skip


def _talk(rows: pl.DataFrame) -> Talk:
    from nearer.conversation import ConversationBuilder

    columns = ("order", "speaker", "text", "at", "start", "end", "id", "reply_to")
    said = sorted(zip(*(rows[c].to_list() for c in columns), strict=True), key=itemgetter(0))
    spoken = rows["at"].null_count() == rows.height > rows["start"].null_count()
    builder = ConversationBuilder("table", "speech" if spoken else "chat")
    places = {key_of(row[6]): place for place, row in enumerate(said) if row[6]}
    for _, speaker, text, at, start, end, identity, answers in said:
        answered = places.get(key_of(answers)) if answers else None
        builder.add(speaker, text, at, id=identity, reply_to=answered, start=start, end=end)
    return Talk(rows["conversation"][0], builder.build())

"""What a corpus is made of: pieces of work, each a few whole conversations, always cut the same way.

Files of any format nearer knows make pieces of many files. Tables (Parquet, JSON Lines, CSV with a conversation column)
are first dealt out by a hash of the conversation's id into parts on disk, so that conversations that lie interleaved or
out of order come together whole, and memory is bounded by a part.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from nearer.conversation import Conversation

PIECES = 64
"""A corpus is cut into at least so many pieces, so that workers share it evenly, but for the least size of a piece."""
FILES_A_PIECE = 64
BYTES_A_MESSAGE = 80
"""Of an export, roughly: what a file's size says about its messages before it is read."""
_SLICE = 500_000
_SOON = 2
"""Pieces at the beginning that are small."""
_TABLES = (".parquet", ".jsonl", ".ndjson", ".csv", ".tsv")
WANTED: dict[str, tuple[str, ...]] = {
    "conversation": ("conversation", "conversation_id", "dialogue_id", "dialog_id", "root", "thread", "chat"),
    "speaker": ("speaker", "user", "author", "sender", "from", "name"),
    "text": ("text", "message", "body", "content", "utterance"),
    "time": ("time", "timestamp", "date", "datetime", "created_at"),
    "id": ("id", "message_id", "utterance_id"),
    "reply_to": ("reply_to", "reply-to"),
}


@dataclass(frozen=True)
class Piece:
    """One piece of work: `files` to load, or one `part` (a folder of dealt-out rows)."""

    number: int
    files: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that could not be read: which file, where in it (row or line, or ""), and why."""

    file: str
    place: str
    why: str


@dataclass
class Talk:
    """One conversation with its id, and the ids of its messages where the source has them."""

    id: str
    conversation: Conversation
    ids: tuple[str, ...] = field(default=())


def found(source: str) -> list[Path]:
    """Every file of a folder, a glob, or the one file named, in order. A ConvoKit corpus folder counts as one."""
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
    files: Sequence[Path], columns: Mapping[str, str], work: Path, size: Size = PATTERNS
) -> tuple[list[Piece], list[Problem]]:
    """The pieces of a corpus, and what could not be dealt out. `work` is a folder for the dealt-out rows."""
    tables: list[Path] = []
    others: list[Path] = []
    for path in files:
        table = _table(path)
        if table.suffix.lower() in _TABLES and _columns(table, columns):
            tables.append(table)
        else:
            others.append(path)
    out = [Piece(number, files=some) for number, some in enumerate(_cut(others, size))]
    problems: list[Problem] = []
    if tables:
        parts, problems = _deal(tables, columns, work, size)
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
        yield from _from_file(Path(file))


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


def _from_file(path: Path) -> Iterator[Talk | Problem]:
    from nearer.sources import Options, chats, load

    try:
        several = [c.id for c in chats(path)]
        if len(several) > 1:
            for chat in several:
                yield Talk(f"{path.name}#{chat}", load(path, Options(chat=chat)))
        else:
            yield Talk(str(path), load(path))
    except NearerError as error:
        yield Problem(str(path), "", str(error))
    except Exception as error:
        yield Problem(str(path), "", f"could not be read ({type(error).__name__})")


def _columns(path: Path, chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Our names -> the table's, where it is a table of many conversations; None where it is not."""
    try:
        names = _scan(path).collect_schema().names()
    except Exception:
        return None
    low = {n.lower(): n for n in names}
    mapped = {}
    for ours, usual in WANTED.items():
        if ours in chosen:
            if chosen[ours] not in names:
                raise UsageError(f"{path.name} has no column {chosen[ours]!r}; it has {', '.join(names[:12])}.")
            mapped[ours] = chosen[ours]
        else:
            theirs = next((low[u] for u in usual if u in low), None)
            if theirs is not None and theirs not in mapped.values():
                mapped[ours] = theirs
    return mapped if {"conversation", "speaker", "text"} <= mapped.keys() else None


def _scan(path: Path) -> pl.LazyFrame:
    import polars as pl

    match path.suffix.lower():
        case ".parquet":
            return pl.scan_parquet(path)
        case ".csv":
            return pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=True)
        case ".tsv":
            return pl.scan_csv(path, separator="\t", infer_schema=False, truncate_ragged_lines=True)
        case _:
            return pl.scan_ndjson(path, ignore_errors=True)


def _deal(
    tables: Sequence[Path], columns: Mapping[str, str], work: Path, size: Size
) -> tuple[list[Path], list[Problem]]:
    import orjson
    import polars as pl

    sizes, problems = [], []
    for path in tables:
        try:
            sizes.append((path, int(_scan(path).select(pl.len()).collect().item())))
        except Exception as error:
            problems.append(Problem(str(path), "", f"could not be read ({type(error).__name__})"))
    total = sum(n for _, n in sizes)
    count = max(1, -(-total // size.of(total)))
    parts = [work / f"part-{k:05}" for k in range(_SOON + count)]
    shares = pl.col("conversation").fill_null("").hash(7) % (size.sooner * count)
    done = work / "dealt"
    if done.exists():
        # What went wrong while dealing is kept with the mark: a run that goes on tells of it too.
        return parts, [Problem(*row) for row in orjson.loads(done.read_bytes())]
    for part in parts:
        part.mkdir(parents=True, exist_ok=True)
    row = 0
    for number, (path, rows) in enumerate(sizes):
        mapped = _columns(path, columns) or {}
        for start in range(0, max(rows, 1), _SLICE):
            try:
                some = _scan(path).slice(start, _SLICE).select(
                    *(pl.col(theirs).cast(pl.String, strict=False).alias(ours) for ours, theirs in mapped.items())
                ).collect()  # fmt: skip
            except Exception as error:
                problems.append(
                    Problem(str(path), f"rows from {start + 1}", f"could not be read ({type(error).__name__})")
                )
                continue
            some = some.with_columns(
                pl.lit(str(path)).alias("file"),
                pl.int_range(row, row + some.height).alias("row"),
                pl.when(shares < _SOON).then(shares).otherwise(_SOON + shares % count).alias("part"),
            )
            row += some.height
            for (part,), rows_of in some.partition_by("part", as_dict=True, include_key=False).items():
                rows_of.write_parquet(parts[int(part)] / f"{number:04}-{start:012}.parquet")
    partial = done.with_suffix(".part")
    partial.write_bytes(orjson.dumps([[p.file, p.place, p.why] for p in problems]))
    os.replace(partial, done)
    return parts, problems


def _from_part(part: Path) -> Iterator[Talk | Problem]:
    import polars as pl

    files = sorted(part.glob("*.parquet"))
    if not files:
        return
    rows = pl.concat([pl.read_parquet(f) for f in files], how="diagonal")
    for name in ("time", "id", "reply_to"):
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    bad = pl.col("conversation").is_null() | pl.col("speaker").is_null() | pl.col("text").is_null()
    for r in rows.filter(bad).select("file", "row", "conversation", "speaker", "text").iter_rows(named=True):
        missing = next(c for c in ("conversation", "speaker", "text") if r[c] is None)
        yield Problem(r["file"], f"row {r['row'] + 1}", f"no {missing}")
    rows = rows.filter(~bad)
    twice = pl.col("id").is_not_null() & (pl.struct("conversation", "id").is_duplicated())
    again = rows.filter(twice).sort("row").filter(~pl.struct("conversation", "id").is_first_distinct())
    for r in again.select("file", "row").iter_rows(named=True):
        yield Problem(r["file"], f"row {r['row'] + 1}", "the id comes twice in its conversation; the first is read")
    rows = rows.join(again.select("row"), on="row", how="anti").sort("row")
    for group in rows.partition_by("conversation", maintain_order=True):
        try:
            yield _talk(group)
        except Exception as error:
            yield Problem(group["file"][0], f"conversation {group['conversation'][0]}",
                          f"could not be read ({type(error).__name__})")  # fmt: skip


def _talk(rows: pl.DataFrame) -> Talk:
    from nearer.conversation import ConversationBuilder

    times = _times(rows["time"])
    whens: Sequence[Any] = times.to_list() if times is not None else [None] * rows.height
    said = [*zip(rows["speaker"].to_list(), rows["text"].to_list(), whens, rows["id"].to_list(), rows["reply_to"].to_list(),
                 strict=True)]  # fmt: skip
    if times is not None:
        said.sort(key=itemgetter(2))
    builder = ConversationBuilder("table")
    ids = tuple(row[3] or "" for row in said)
    places = {i: place for place, i in enumerate(ids) if i}
    for speaker, text, when, _, answers in said:
        builder.add(speaker, text, when, reply_to=places.get(answers))
    return Talk(rows["conversation"][0], builder.build(), ids)


def _times(column: pl.Series) -> pl.Series | None:
    """Milliseconds since 1970 where every row has a time that can be read; None otherwise."""
    import polars as pl

    if column.null_count():
        return None
    numbers = column.cast(pl.Float64, strict=False)
    if not numbers.null_count():
        low, high = float(numbers.min() or 0), float(numbers.max() or 0)  # type: ignore[arg-type]
        # "nan", "inf" and numbers that are no time of this age are numbers to a parser, too.
        if not (numbers.is_finite().all() and low > -1e11 and high < 1e14):
            return None
        return (numbers * (1 if low > 1e11 else 1000)).cast(pl.Int64)
    read = column.str.to_datetime(strict=False, time_unit="ms", time_zone="UTC")
    return None if read.null_count() else read.dt.epoch("ms")

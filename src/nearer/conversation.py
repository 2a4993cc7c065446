"""A conversation: columns inside, messages outside.

The columns live in two Polars frames, so that a hundred thousand messages cost little and leave for Parquet as they
are. `Message` is a view of one row, made when somebody asks for it. Nothing here reads files or judges anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np

from nearer.errors import NearerError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

MessageKind = Literal["text", "media", "deleted"]
Medium = Literal["chat", "speech"]

EPISODE_PAUSE_HOURS = 6.0
"""A silence longer than this starts a new episode: longer than a shift's lunch, shorter than most nights."""

_OPTIONAL: tuple[str, ...] = ("id", "reply_to", "edited", "forwarded", "attachment", "reactions", "start", "end")


@dataclass(frozen=True, slots=True)
class Reaction:
    """One person's reaction to a message; `emoji` is what the source shows, a symbol or a word like "Loved"."""

    speaker: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A place in the file that could not be read: its 1-based line (or record), and why, in one sentence."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message or speech turn.

    `index` counts from 0 over non-system messages. `time` is aware where the source knows its zone, otherwise the
    clock that the export shows. `start` and `end` are seconds into a recording. `reply_to` is another `index`.
    """

    index: int
    speaker: str
    text: str
    time: datetime | None = None
    kind: MessageKind = "text"
    id: str | None = None
    reply_to: int | None = None
    edited: bool = False
    forwarded: bool = False
    attachment: str | None = None
    reactions: tuple[Reaction, ...] = ()
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Who said what, when.

    messages: Polars frame, one row a non-system message: `speaker` (UInt32, an index into `speakers`), `text`,
        `time` (Datetime ms; UTC where the source knows its zone, else the naive clock of the export), `kind`
        ("text", "media", "deleted"), `id`, `reply_to` (row number), `edited`, `forwarded`, `attachment`,
        `reactions` (list of structs), `start` and `end` (seconds), `line` (1-based place in the file).
    system: frame of notices nobody said: `time`, `text`, `line`.
    skipped: what could not be read, and why. notes: assumptions made in reading, as sentences for the holder.
    medium: "chat" or "speech"; only in speech may a pause mean anything. me: the holder, where the source knows.
    """

    source: str
    speakers: tuple[str, ...]
    messages: pl.DataFrame
    system: pl.DataFrame
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    medium: Medium = "chat"
    me: str | None = None
    title: str | None = None

    # ---- making one ------------------------------------------------------------------------------------------

    @classmethod
    def from_messages(
        cls, messages: Sequence[Message | Mapping[str, Any] | tuple[str, str]], **about: Any
    ) -> Conversation:
        """Build from messages, from mappings with their field names, or from plain (speaker, text) pairs. about: source,
        medium, me, title."""
        builder = ConversationBuilder(about.pop("source", "python"), about.pop("medium", "chat"))
        for item in messages:
            if isinstance(item, Message):
                row = {f.name: getattr(item, f.name) for f in dataclasses.fields(item) if f.name != "index"}
            elif isinstance(item, Mapping):
                row = {k: v for k, v in item.items() if k != "index"}
            else:
                row = {"speaker": item[0], "text": item[1]}
            time = row.pop("time", None)
            if isinstance(time, datetime):
                builder.zoned = builder.zoned or time.tzinfo is not None
                time = epoch_ms(time)
            builder.add(row.pop("speaker"), row.pop("text"), time, row.pop("kind", "text"), **row)
        return builder.build(**about)

    # ---- looking at it ---------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.messages.height

    def __iter__(self) -> Iterator[Message]:
        for index, row in enumerate(self.messages.iter_rows(named=True)):
            yield self._message(index, row)

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(f"message {index} of {len(self)}")
        return self._message(position, self.messages.row(position, named=True))

    def _message(self, index: int, row: Mapping[str, Any]) -> Message:
        fields = {k: row[k] for k in (*_OPTIONAL, "line") if row.get(k) is not None}
        if "reactions" in fields:
            fields["reactions"] = tuple(Reaction(r["speaker"], r["emoji"]) for r in fields["reactions"])
        return Message(index, self.speakers[row["speaker"]], row["text"], row["time"], row["kind"], **fields)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Conversation):
            return NotImplemented
        return all(
            getattr(self, f.name) == getattr(other, f.name)
            for f in dataclasses.fields(self)
            if f.name not in ("messages", "system")
        ) and (self.messages.equals(other.messages) and self.system.equals(other.system))

    __hash__ = None  # type: ignore[assignment]

    @property
    def texts(self) -> list[str]:
        """The words of every message, in order; a picture or a deleted message has the empty string."""
        return self.messages["text"].to_list()

    @property
    def speaker_codes(self) -> NDArray[np.int32]:
        """(n,) index of each message's speaker in `speakers`."""
        return self.messages["speaker"].to_numpy().astype(np.int32)

    @property
    def seconds(self) -> NDArray[np.float64]:
        """(n,) seconds of each message: clock seconds in a chat, seconds into the recording in speech; NaN unknown."""
        if self.medium == "speech" and self.messages["start"].null_count() < len(self):
            return self.messages["start"].cast(float).fill_null(float("nan")).to_numpy().astype(np.float64)
        stamps = self.messages["time"].to_numpy()
        return np.where(np.isnat(stamps), np.nan, stamps.astype("datetime64[ms]").astype(np.float64) / 1000)

    @property
    def ends(self) -> NDArray[np.float64]:
        """(n,) seconds at which each message ended: in speech where the source knows, else the same as `seconds`."""
        if self.medium != "speech":
            return self.seconds
        known = self.messages["end"].cast(float).fill_null(float("nan")).to_numpy().astype(np.float64)
        return np.where(np.isnan(known), self.seconds, known)

    @property
    def start(self) -> datetime | None:
        """Time of the earliest message, where times are known."""
        value = self.messages["time"].min()
        return value if isinstance(value, datetime) else None

    @property
    def end(self) -> datetime | None:
        """Time of the latest message, where times are known."""
        value = self.messages["time"].max()
        return value if isinstance(value, datetime) else None

    def episodes(self, pause_hours: float = EPISODE_PAUSE_HOURS) -> NDArray[np.int32]:
        """(n,) episode number of each message; one without a time goes with the one before it, so that without times the
        whole conversation is one episode."""
        seconds = self.seconds
        known = np.flatnonzero(~np.isnan(seconds))
        opens = np.zeros(len(self), bool)
        opens[known[1:]] = np.diff(seconds[known]) > pause_hours * 3600
        return np.cumsum(opens).astype(np.int32)

    # ---- changing it (always into a new one) -------------------------------------------------------------------

    def rename(self, names: Mapping[str, str]) -> Conversation:
        """Give speakers other names, under their reactions too; two names made the same are merged into one person."""
        unknown = [n for n in names if n not in self.speakers]
        if unknown:
            raise NearerError(
                f"Nobody in this conversation is called {unknown[0]!r}; it has {', '.join(self.speakers)}."
            )
        renamed = [names.get(s, s) for s in self.speakers]
        speakers = tuple(dict.fromkeys(renamed))
        places = {old: speakers.index(new) for old, new in enumerate(renamed)}
        import polars as pl

        given = pl.element().struct.with_fields(pl.field("speaker").replace(names))
        frame = self.messages.with_columns(
            pl.col("speaker").replace_strict(places, return_dtype=pl.UInt32), pl.col("reactions").list.eval(given)
        )
        me = names.get(self.me, self.me) if self.me else None
        return dataclasses.replace(self, speakers=speakers, messages=frame, me=me)

    def in_order(self, keys: Sequence[Any] | pl.Series) -> Conversation:
        """Sorted by `keys`, one a message; messages of one key stay as they are."""
        import polars as pl

        order = pl.DataFrame({"key": keys}).with_row_index("old").sort("key", maintain_order=True)["old"]
        if order.is_sorted():
            return self
        frame = self.messages[order].with_columns(
            pl.col("reply_to").replace_strict(order, range(len(self)), default=None, return_dtype=pl.Int64)
        )
        return dataclasses.replace(self, messages=frame)

    def since(self, day: date) -> Conversation:
        """Only what was said on `day` or later; messages without a time go, and a note says so."""
        import polars as pl

        keep = self.messages["time"].dt.date() >= day
        kept = np.flatnonzero(keep.fill_null(False).to_numpy())
        places = {int(old): new for new, old in enumerate(kept)}
        frame = self.messages.filter(keep).with_columns(
            pl.col("reply_to").replace_strict(places, default=None, return_dtype=pl.Int64)
        )
        untimed = self.messages["time"].null_count()
        notes = self.notes + ((f"{untimed} messages have no time and were left out.",) if untimed else ())
        return dataclasses.replace(
            self, messages=frame, system=self.system.filter(pl.col("time").dt.date() >= day), notes=notes
        )._without_silent()

    def _without_silent(self) -> Conversation:
        import polars as pl

        present = sorted(self.messages["speaker"].unique().to_list())
        places = {old: new for new, old in enumerate(present)}
        frame = self.messages.with_columns(pl.col("speaker").replace_strict(places, return_dtype=pl.UInt32))
        speakers = tuple(self.speakers[i] for i in present)
        me = self.me if self.me in speakers else None
        return dataclasses.replace(self, speakers=speakers, messages=frame, me=me)


class ConversationBuilder:
    """Collects rows cheaply and turns them into a `Conversation`; what parsers use.

    `add` is on the hot path of every parser: the four columns that every message has are plain lists, the rare
    ones are kept only for the rows that have them.
    """

    def __init__(self, source: str, medium: Medium = "chat") -> None:
        self.source = source
        self.medium: Medium = medium
        self.zoned = False
        self._speakers: dict[str, int] = {}
        self._who: list[int] = []
        self._text: list[str] = []
        self._time: list[int | None] = []
        self._kind: list[str] = []
        self._line: list[int | None] = []
        self._rare: dict[str, dict[int, Any]] = {name: {} for name in _OPTIONAL}
        self._system: list[tuple[int | None, str, int | None]] = []
        self._skipped: list[Skipped] = []
        self._notes: list[str] = []

    def __len__(self) -> int:
        return len(self._who)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who has said something so far, in order of first appearance."""
        return tuple(self._speakers)

    def introduce(self, names: Sequence[str]) -> None:
        """People in an order of their own, before they say anything."""
        for name in names:
            self._code(name)

    def add(
        self,
        speaker: str,
        text: str,
        time: int | None = None,
        kind: MessageKind = "text",
        line: int | None = None,
        **rare: Any,
    ) -> int:
        """Append a message, return its index. `time`: milliseconds since 1970 (of the export's clock, or UTC when
        `zoned` is set). `line`: where in the file. `rare`: any of id, reply_to, edited, forwarded, attachment, reactions,
        start, end."""
        index = len(self._who)
        code = self._speakers.get(speaker)
        self._who.append(self._code(speaker) if code is None else code)
        self._text.append(text)
        self._time.append(time)
        self._kind.append(kind)
        self._line.append(line)
        for name, value in rare.items():
            if value is not None and value is not False and value != ():
                self.set(index, name, value)
        return index

    def _code(self, name: str) -> int:
        return self._speakers.setdefault(whole(name), len(self._speakers))

    def set(self, index: int, name: str, value: Any) -> None:
        """Set a rare column of a message already added (a reaction or an edit found later in the file)."""
        column = self._rare.get(name)
        if column is None:
            raise ValueError(f"no column {name!r}")
        column[index] = value

    def notice(self, text: str, time: int | None = None, line: int | None = None) -> None:
        """A system line: somebody joined, the encryption notice, a missed call."""
        self._system.append((time, whole(text), line))

    def skip(self, line: int, why: str) -> None:
        """A place that could not be read. `why` never repeats the words found there."""
        self._skipped.append(Skipped(line, why))

    def note(self, sentence: str) -> None:
        """An assumption that the holder should know of."""
        self._notes.append(sentence)

    def build(self, me: str | None = None, title: str | None = None) -> Conversation:
        """Make the frames. Raises NearerError when `me` said nothing here."""
        import polars as pl

        n = len(self._who)
        clock = pl.Datetime("ms", "UTC") if self.zoned else pl.Datetime("ms")
        reaction = pl.List(pl.Struct({"speaker": pl.String, "emoji": pl.String}))
        kinds: dict[str, Any] = {
            "id": pl.String, "reply_to": pl.Int64, "edited": pl.Boolean, "forwarded": pl.Boolean,
            "attachment": pl.String, "reactions": reaction, "start": pl.Float64, "end": pl.Float64,
        }  # fmt: skip
        columns = [
            pl.Series("speaker", self._who, dtype=pl.UInt32),
            _composed(self._text),
            pl.Series("time", self._time, dtype=pl.Int64).cast(clock),
            pl.Series("kind", self._kind, dtype=pl.String).cast(pl.Enum(["text", "media", "deleted"])),
            pl.Series("line", self._line, dtype=pl.UInt32),
        ]
        for name in _OPTIONAL:
            values = self._rare[name]
            if not values:
                default = False if name in ("edited", "forwarded") else None
                columns.append(pl.Series(name, [default], dtype=kinds[name]).new_from_index(0, n))
                continue
            cells: list[Any] = list(map(values.get, range(n)))
            if name == "reactions":
                cells = [
                    [{"speaker": whole(r.speaker), "emoji": whole(r.emoji)} for r in c] if c else None for c in cells
                ]
            elif name in ("edited", "forwarded"):
                cells = [bool(c) for c in cells]
            elif name == "reply_to":
                cells = [c if c in range(n) else None for c in cells]
            elif name in ("id", "attachment"):
                cells = [whole(c) if isinstance(c, str) else c for c in cells]
            columns.append(pl.Series(name, cells, dtype=kinds[name], strict=False))
        system = pl.DataFrame(self._system, schema={"time": clock, "text": pl.String, "line": pl.UInt32}, orient="row")
        speakers = tuple(self._speakers)
        me, title = (None if name is None else whole(name) for name in (me, title))
        if me is not None and me not in speakers:
            raise NearerError(f"Nobody in this conversation is called {me!r}; it has {', '.join(speakers)}.")
        return Conversation(
            self.source, speakers, pl.DataFrame(columns), system, tuple(self._skipped), tuple(self._notes),
            self.medium, me, title,
        )  # fmt: skip


def _composed(said: Sequence[str]) -> pl.Series:
    """Letters whose accent is written as a sign of its own (NFD, as some systems do) made one letter again (NFC)."""
    import polars as pl

    try:
        texts = pl.Series("text", said, dtype=pl.String)
    except UnicodeEncodeError:
        texts = pl.Series("text", [*map(whole, said)], dtype=pl.String)
    if all(map(str.isascii, said)):
        return texts
    apart = texts.str.contains("[\u0300-\u036f\u1100-\u11ff\u3099\u309a]")
    return texts.str.normalize("NFC").zip_with(apart, texts) if apart.any() else texts


def whole(text: str) -> str:
    """The text with "\ufffd" for each half of a character, which JSON cut within an emoji holds, and a command line that is
    no UTF-8: nothing could print or store it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def epoch_ms(time: datetime) -> int:
    """Milliseconds since 1970; a naive time is taken as the export's own clock."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)

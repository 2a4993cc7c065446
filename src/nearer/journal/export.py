"""The whole journal as one JSON file, and back. What the danger screen saw is in it unless it is left out."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, insert, select

from nearer.errors import NearerError
from nearer.journal.tables import Base

if TYPE_CHECKING:
    from nearer.journal.store import Journal

SCHEMA = "nearer/journal/1"


def export(journal: Journal, *, danger: bool = True) -> str:
    """Everything, as JSON text. danger: False leaves out what the danger screen saw, for a copy that others will see."""
    tables: dict[str, list[dict[str, Any]]] = {}
    with journal.session() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            tables[table.name] = [{k: _plain(v) for k, v in row.items()} for row in rows]
    if not danger:
        for row in tables["readings"]:
            row["danger"] = []
    return json.dumps({"schema": SCHEMA, **tables}, ensure_ascii=False, indent=1)


def bring_in(journal: Journal, text: str) -> int:
    """Put an export into an empty journal; returns how many readings came. Raises NearerError for anything else."""
    try:
        data = json.loads(text)
        fits = data["schema"] == SCHEMA and all(isinstance(data[t.name], list) for t in Base.metadata.sorted_tables)
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise NearerError("That is no export of nearer's journal.")
    with journal.session() as session:
        for table in Base.metadata.sorted_tables:
            if session.execute(select(table).limit(1)).first() is not None:
                raise NearerError("This journal is not empty; bring the export into a new one.")
        try:
            for table in Base.metadata.sorted_tables:
                kinds = {c.name: c.type for c in table.columns}
                rows = [{k: _back(v, kinds[k]) for k, v in row.items()} for row in data[table.name]]
                if rows:
                    session.execute(insert(table), rows)
        except (KeyError, ValueError, TypeError, AttributeError):
            raise NearerError("The export is damaged; nothing was brought in.") from None
    return len(data["readings"])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _back(value: Any, kind: Any) -> Any:
    if value is not None and isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value

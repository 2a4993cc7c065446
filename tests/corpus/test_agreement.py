"""Reliability: published examples, intervals by conversation, and clear words where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import table
from nearer.cli import main
from nearer.corpus.agreement import Code, against, among, read_codes, with_key
from nearer.corpus.sample import sample
from nearer.errors import NearerError, UsageError

KRIPPENDORFF = {"A": "12332141 2   ", "B": "12332241 25 3", "C": " 3332342 251 ", "D": "12332441 251 "}
"""Four observers, twelve units, gaps where one did not code (Krippendorff 2011, nominal alpha 0.743)."""


def codes() -> list[Code]:
    return [Code("", str(u), who, v) for who, row in KRIPPENDORFF.items() for u, v in enumerate(row) if v != " "]


def test_alpha_of_the_published_example() -> None:
    told = among(codes(), resamples=50)
    assert told.alpha.value == pytest.approx(0.743, abs=0.001)
    assert told.alpha.low is not None
    assert told.alpha.high is not None
    assert told.alpha.low <= 0.743 <= told.alpha.high
    assert told.coders == ("A", "B", "C", "D")


def test_kappa_by_hand() -> None:
    # 50 units: both yes 20, both no 15, 5 and 10 apart: observed 0.70, by chance 0.50, so kappa 0.40.
    rows = [("1", "1")] * 20 + [("1", "0")] * 5 + [("0", "1")] * 10 + [("0", "0")] * 15
    both = [Code(str(i % 7), str(i), who, v) for i, pair in enumerate(rows) for who, v in zip("AB", pair, strict=True)]
    told = among(both, resamples=20)
    assert told.cohen.value == pytest.approx(0.40, abs=0.005)
    assert told.units == 50


def test_fleiss_of_the_published_example() -> None:
    # Ten subjects, fourteen raters, five categories; how many raters chose each category for each (kappa 0.210).
    rows = ["0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1",
            "7 7 0 0 0", "3 2 6 3 0", "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7"]  # fmt: skip
    given = [[str(label) for label, n in enumerate(row.split()) for _ in range(int(n))] for row in rows]
    # Who of the fourteen said what does not matter to Fleiss' kappa; to a mean over pairs of coders it does.
    for turn in (0, 5):
        rated = [
            Code("", str(u), f"r{(who + u * turn) % 14:02}", v)
            for u, some in enumerate(given)
            for who, v in enumerate(some)
        ]
        assert among(rated, resamples=2).fleiss.value == pytest.approx(0.210, abs=0.0005)


def test_nearer_against_the_majority() -> None:
    rows: list[Code] = []
    for unit in range(20):
        truth = "OWN202" if unit < 10 else "none"
        rows += [Code(str(unit % 5), str(unit), who, truth) for who in ("A", "B")]
        rows.append(Code(str(unit % 5), str(unit), "nearer", "OWN202" if unit < 8 or unit == 15 else "none"))
    (match,) = against(rows, resamples=30)
    assert (match.both, match.only_nearer, match.only_coders) == (8, 1, 2)
    assert match.precision.value == pytest.approx(8 / 9, abs=0.001)
    assert match.recall.value == pytest.approx(0.8)


def test_both_shapes_of_table(tmp_path: Path) -> None:
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    long.write_text("conversation,unit,coder,label\nc,1,A,x\nc,1,B,y\nc,2,A,x\n")
    wide.write_text("conversation,unit,text,A,B\nc,1,hello,x,y\nc,2,there,x,\n")
    assert set(read_codes(long)) == set(read_codes(wide))


def test_notes_are_no_coder_and_a_cell_may_hold_several_codes(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "conversation,unit,before,text,after,coder1,coder2,notes\n"
        'c,1,,hi,,"OWN202, CTL204",CTL204;OWN202,not sure\nc,2,,yo,,OWN202 CTL204 OWN202,none,\nc,3,,ok,,,none,"x, y"\n'
    )
    found = read_codes(sheet)
    assert {(c.unit, c.coder, c.label) for c in found} == {
        ("1", "coder1", "OWN202"), ("1", "coder1", "CTL204"), ("1", "coder2", "OWN202"), ("1", "coder2", "CTL204"),
        ("2", "coder1", "OWN202"), ("2", "coder1", "CTL204"), ("2", "coder2", "none"), ("3", "coder2", "none"),
    }  # fmt: skip
    assert len(found) == 8
    told = among(found, resamples=5)
    assert (told.coders, told.units) == (("coder1", "coder2"), 2)


def test_several_codes_are_compared_as_sets() -> None:
    def two(one: str, other: str) -> list[Code]:
        return [Code("", str(u), who, v) for u in range(10) for who, some in (("A", one), ("B", other))
                for v in (some if u < 5 else "z").split()]  # fmt: skip

    same = among(two("x y", "y x"), resamples=5)
    assert (same.alpha.value, same.cohen.value, same.fleiss.value) == (1.0, 1.0, 1.0)
    half = among(two("x y", "x"), resamples=5)
    apart = among(two("x y", "w"), resamples=5)
    assert half.alpha.value is not None
    assert apart.alpha.value is not None
    # Half of the codes in common is more than none to alpha; to the kappas both are simply not the same.
    assert 1 > half.alpha.value > apart.alpha.value
    assert half.cohen.value == apart.cohen.value


def test_a_drawn_message_stands_for_many_of_the_corpus() -> None:
    # Drawn: 10 of 10 messages that nearer marked, 8 rightly; 10 of 100 in which it saw nothing, and there is one.
    rows = []
    for unit in range(20):
        truth, own = unit < 8 or unit == 19, unit < 10
        rows += [Code("c", str(unit), who, "OWN202" if truth else "none") for who in ("A", "B")]
        rows.append(Code("c", str(unit), "nearer", "OWN202" if own else "none"))
    (plain,) = against(rows)
    assert plain.recall.value == pytest.approx(8 / 9, abs=0.001)
    (match,) = against(rows, weights={("c", str(unit)): 1.0 if unit < 10 else 10.0 for unit in range(20)})
    assert (match.both, match.only_nearer, match.only_coders) == (8, 2, 1)
    assert match.precision.value == pytest.approx(0.8)
    assert match.recall.value == pytest.approx(8 / 18, abs=0.001)
    assert match.f1.value == pytest.approx(16 / 28, abs=0.001)


def test_each_code_of_a_cell_counts_for_itself_against_nearer() -> None:
    rows = [Code("", "1", who, v) for who in ("A", "B") for v in ("x", "y")]
    rows += [Code("", "1", "C", "x"), Code("", "1", "nearer", "y"), Code("", "1", "nearer", "z")]
    found = {m.label: (m.both, m.only_nearer, m.only_coders) for m in against(rows, resamples=5)}
    assert found == {"x": (0, 0, 1), "y": (1, 0, 0), "z": (0, 1, 0)}


def test_a_blind_sheet_and_its_key_go_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, key = tmp_path / "s.csv", tmp_path / "s-key.csv"
    count = sample(str(table(tmp_path / "t.parquet")), sheet, count=24, by="cue", encoder=False)
    own = pl.read_csv(key, infer_schema=False)
    blind = pl.read_csv(sheet, infer_schema=False).drop("coder1", "coder2")
    # Rows in another order, as a coder's spreadsheet may leave them; both coders see what nearer sees.
    coded = blind.join(own.rename({"nearer": "coder1"}), on=["conversation", "unit"]).reverse()
    coded.with_columns(coder2=pl.col("coder1"), notes=pl.lit("hm")).write_csv(sheet)
    joined = with_key(read_codes(sheet), key)
    assert {c.coder for c in joined} == {"coder1", "coder2", "nearer"}
    assert {(m.only_nearer, m.only_coders) for m in against(joined, resamples=5)} == {(0, 0)}
    with pytest.raises(SystemExit) as stop:
        main(["agreement", str(sheet), "--key", str(key), "--resamples", "5"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert f"coder1, coder2: {count} messages" in said
    assert "OWN202    1.00" in said
    assert "weighed to the whole corpus" in said
    # A spreadsheet that made 1000 of 1e3 takes messages from the comparison; that is told.
    with_other = coded.with_columns(
        conversation=pl.when(pl.int_range(pl.len()) < 3).then(pl.lit("1000")).otherwise("conversation")
    )
    with_other.with_columns(coder2=pl.col("coder1")).write_csv(sheet)
    with pytest.raises(SystemExit):
        main(["agreement", str(sheet), "--key", str(key), "--resamples", "5"])
    assert "the key does not have: " in capsys.readouterr().err
    other = tmp_path / "other-key.csv"
    other.write_text("conversation,unit,nearer\nelsewhere,1,OWN202\n")
    with pytest.raises(NearerError, match=r"other-key\.csv holds no codes of nearer's"):
        with_key(read_codes(sheet), other)


def test_a_sheet_as_spreadsheets_of_other_countries_save_it(tmp_path: Path) -> None:
    rows = ["conversation,unit,text,coder1,coder2", "c,1,schöne Grüße,x y,x", "c,2,na ja,none,x", "c,3,,x,"]
    plain = tmp_path / "plain.csv"
    plain.write_text("\n".join(rows), encoding="utf-8")
    for mark, encoding in ((";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-16")):
        sheet = tmp_path / "sheet.csv"
        sheet.write_text("\r\n".join(rows).replace(",", mark), encoding=encoding)
        assert read_codes(sheet) == read_codes(plain)


def test_codes_count_however_they_are_typed(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "unit,coder1,coder2,nearer\n1,own202,OWN202,OWN202\n2,None,none,none\n3,NONE,Own202 ctl204,CTL204\n"
    )
    found = read_codes(sheet)
    assert {c.label for c in found} == {"OWN202", "CTL204", "none"}
    assert {m.label: (m.both, m.only_nearer) for m in against(found, resamples=2)} == {
        "OWN202": (1, 0),
        "CTL204": (0, 1),
    }
    # Codes that are not nearer's own stay as they are.
    sheet.write_text("unit,a,b\n1,Repair,repair\n")
    assert {c.label for c in read_codes(sheet)} == {"Repair", "repair"}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [("label=code", "sheet.csv has no column 'code'; it has unit, a, b."), ("lable=a", "--columns knows no 'lable'")],
)
def test_columns_that_are_not_there_are_named(
    chosen: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("unit,a,b\n1,x,y\n")
    with pytest.raises(SystemExit) as stop:
        main(["agreement", str(sheet), "--columns", chosen])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_what_cannot_be_had_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="two coders"):
        among([Code("", "1", "A", "x")])
    with pytest.raises(NearerError, match="called “nearer”"):
        against(codes())
    with pytest.raises(NearerError, match="There is no file"):
        read_codes(tmp_path / "none.csv")
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="no column 'unit'"):
        read_codes(bad)
    alike = [Code("", str(i), who, "x") for i in range(5) for who in "AB"]
    assert among(alike).alpha.value is None

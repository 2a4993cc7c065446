"""Help by country: complete, chosen by place, and the holder's own to change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nearer.errors import NearerError
from nearer.guidance.danger import country, help_lines, resources

COUNTRIES = ("US", "CA", "GB", "IE", "AU", "NZ", "IN", "DE", "FR", "ES", "NL")


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_has_help_in_danger_and_in_despair(code: str) -> None:
    near = [r for r in resources(code) if r.country == code]
    assert {r.kind for r in near} == {"emergency", "abuse", "crisis"}
    for one in near:
        assert one.number or one.site
        assert one.checked == "unchecked" or (re.fullmatch(r"\d{4}-\d\d-\d\d", one.checked) and one.source)


def test_elsewhere_the_international_directories_stand_alone() -> None:
    assert {r.country for r in resources("ZZ")} == {"international"}
    assert "112 or 911" in help_lines("ZZ")[0]


def test_the_emergency_number_comes_first() -> None:
    assert "999" in help_lines("GB")[0]
    assert not any("Emergency number" in line for line in help_lines("GB"))


@pytest.mark.parametrize(
    ("name", "code"), [("en_GB.UTF-8", "GB"), ("de_DE@euro", "DE"), ("C.UTF-8", ""), ("en", ""), ("fr_ca", "CA")]
)
def test_the_country_is_that_of_the_machine(name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", name)
    monkeypatch.setenv("TZ", "UTC")
    assert country() == code


@pytest.mark.parametrize(("zone", "code"), [("America/Chicago", "US"), ("Europe/Dublin", "IE"), ("Etc/UTC", "")])
def test_a_machine_whose_language_has_no_country_keeps_a_time_zone(
    zone: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zone.tab").write_text(
        "# country, place, zone\nIE\t+5320-00615\tEurope/Dublin\nUS\t+415100-0873900\tAmerica/Chicago\tCentral\n"
    )
    (tmp_path / "localtime").symlink_to(f"/usr/share/zoneinfo/{zone}")
    monkeypatch.setattr("nearer.guidance.danger._ZONES", tmp_path / "zone.tab")
    monkeypatch.setattr("nearer.guidance.danger._CLOCK", tmp_path / "localtime")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("TZ", raising=False)
    assert country() == code
    monkeypatch.setattr("nearer.guidance.danger._ZONES", tmp_path / "none.tab")
    assert country() == ""


def test_the_holders_own_file_comes_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEARER_HOME", str(tmp_path))
    own = tmp_path / "data" / "resources.toml"
    own.parent.mkdir()
    own.write_text(
        '[[GB]]\nkind = "abuse"\nname = "Aunt Ro"\nnumber = "555 0100"\nsite = ""\nhours = ""\nsource = ""\n'
        'checked = "unchecked"\n',
        encoding="utf-8",
    )
    assert [r.name for r in resources("GB")] == ["Aunt Ro"]
    own.write_text("GB = 3", encoding="utf-8")
    with pytest.raises(NearerError, match="could not be read"):
        resources("GB")

"""What must hold before a release and takes minutes: `make release-check`.

- `uv build` gives the same bytes twice.
- The wheel installs beside the locked versions on every Python that nearer names and uv can find, and works there with
  no network, writing nothing outside its own folder.
- No part of the lock has a known fault, as far as pip-audit can reach its list.
- The tests of recordings pass with the extra they need.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
UV = shutil.which("uv") or str(ROOT / ".venv" / "bin" / "uv")
EXAMPLE = ROOT / "examples" / "1_money.txt"


def main() -> int:
    """Run every check; 1 where one failed."""
    with tempfile.TemporaryDirectory(prefix="nearer-release-") as name:
        folder = Path(name)
        wheel = same_twice(folder)
        results = [wheel is not None]
        if wheel is not None:
            results += [installs(python, wheel, folder) for python in PYTHONS]
        results += [audited(folder), recordings(folder)]
    return 0 if all(results) else 1


def run(*command: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """A command, its output kept."""
    return subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


def same_twice(folder: Path) -> Path | None:
    """The wheel, where two builds are alike byte for byte."""
    found = []
    for turn in ("one", "two"):
        done = run(UV, "build", "--out-dir", folder / turn, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
        if done.returncode:
            return tell(f"build: failed\n{done.stderr[-2000:]}")
        files = sorted(p for p in (folder / turn).iterdir() if p.suffix in (".whl", ".gz"))
        found.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files})
    if found[0] != found[1]:
        return tell("build: two builds differ")
    tell("build: the same twice")
    for name, digest in found[0].items():
        tell(f"  {digest}  {name}")
    return next((folder / "one").glob("*.whl"))


def installs(python: str, wheel: Path, folder: Path) -> bool:
    """Whether the wheel works in a clean environment of that Python; True, with a word, where there is no such Python."""
    place = folder / f"python-{python}"
    if run(UV, "venv", "--python", python, place).returncode:
        tell(f"{python}: not to be had here, not checked")
        return True
    needs = folder / "needs.txt"
    run(UV, "export", "--frozen", "--no-dev", "--no-emit-project", "-q", "-o", needs)
    own = place / "bin" / "python"
    done = run(UV, "pip", "install", "--python", own, "-r", needs)
    done = done if done.returncode else run(UV, "pip", "install", "--python", own, "--no-deps", wheel)
    if done.returncode:
        tell(f"{python}: does not install\n{done.stderr[-2000:]}")
        return False
    return works(python, place, folder)


def works(python: str, place: Path, folder: Path) -> bool:
    """Read, check and list cues with no network, and compare the package's folder before and after."""
    package = next(place.glob("lib/python*/site-packages/nearer"))
    home = folder / f"home-{python}"
    home.mkdir()
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "NEARER_HOME": str(home / "nearer"), "PYTHONDONTWRITEBYTECODE": "1",
             "LANG": "C.UTF-8"}  # fmt: skip
    alone = ("unshare", "-rn") if run("unshare", "-rn", "true").returncode == 0 else ()
    before = contents(package)
    for path in (package, *package.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    nearer = place / "bin" / "nearer"
    fine = True
    for command in (
        ("--version",), ("cues",), ("check", "you never listen to me"), ("read", EXAMPLE, "--me", "Tom"),
        ("read", EXAMPLE, "--format", "html", "-o", home / "page.html"),
    ):  # fmt: skip
        done = run(*alone, nearer, *command, env=clean)
        if done.returncode or "Traceback" in done.stderr:
            tell(f"{python}: nearer {command[0]} fails\n{done.stderr[-1500:]}")
            fine = False
    written = sorted(p.name for p in home.iterdir())
    if contents(package) != before or written != ["nearer", "page.html"]:
        tell(f"{python}: it writes where it should not ({written})")
        fine = False
    if fine:
        tell(f"{python}: installs and works, {'no network' if alone else 'network not cut: unshare is refused here'}")
    return fine


def contents(package: Path) -> dict[str, str]:
    """Every file of the package with its digest."""
    files = (p for p in package.rglob("*") if p.is_file())
    return {str(p.relative_to(package)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def audited(folder: Path) -> bool:
    """Whether pip-audit knows no fault of the lock; True, with a word, where its list cannot be reached."""
    needs = folder / "all.txt"
    run(UV, "export", "--frozen", "--all-extras", "--all-groups", "--no-emit-project", "--no-hashes", "-q", "-o", needs)
    done = run(UV, "tool", "run", "pip-audit", "-r", needs, "--no-deps", "--disable-pip", "--progress-spinner", "off")
    if "could not be audited" in done.stdout or "Connection" in done.stderr or "HTTPError" in done.stderr:
        tell("audit: the list of faults cannot be reached from here, not checked")
        return True
    tell("audit: no known fault" if done.returncode == 0 else f"audit: faults\n{done.stdout}{done.stderr[-1500:]}")
    return done.returncode == 0


def recordings(folder: Path) -> bool:
    """Whether the tests of recordings pass with faster-whisper there, and no PyTorch came with it."""
    env = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder / "speech")}
    run(UV, "sync", "--frozen", "--extra", "speech", env=env)
    own = folder / "speech" / "bin" / "python"
    torch = run(own, "-c", "import torch").returncode == 0
    done = run(own, "-m", "pytest", "tests/speech")
    tell(f"recordings: {done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-500:]}")
    return done.returncode == 0 and not torch


def tell(line: str) -> None:
    """A line of the report, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Which identities a command is about: targets to identities, near-miss names to suggestions.

A target is `all`, an identity's name STEM/ID, a glob over names, or a path to a YAML file or to a folder of them.
Names and globs mean the catalogue that comes with matcalc. A glob that fits nothing selects nothing; any other target
that is not found is a fault, and does not keep the other targets from being selected.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeAlias

from matcalc.catalogue.entries import read_catalogue
from matcalc.catalogue.records import CatalogueFile, Identity
from matcalc.errors import Fault, Place, did_you_mean, near_names

SUFFIXES = (".yaml", ".yml")
EVERYTHING = "all"

_PACKAGE = Path(__file__).resolve().parent.parent

Reader: TypeAlias = Callable[[Path], CatalogueFile]


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected identities, each once, in the order of the targets, and what was wrong on the way to them."""

    identities: tuple[Identity, ...] = ()
    faults: tuple[Fault, ...] = ()


def shipped_folder() -> Path:
    """The catalogue of matcalc: beside the package in a checkout, inside it where it is installed."""
    checkout = _PACKAGE.parent
    is_checkout = (checkout / "pyproject.toml").is_file() and (checkout / "identities").is_dir()
    return checkout / "identities" if is_checkout else _PACKAGE / "identities"


def select(targets: Sequence[str] = (EVERYTHING,), shelf: Path | None = None) -> Selection:
    """The identities that the targets name; `shelf` is the folder that names and globs mean."""
    folder = shelf or shipped_folder()
    read = functools.cache(lambda path: read_catalogue(path, shown_path(path)))
    parts = [_find(target, folder, read) for target in targets]
    identities = {(identity.place, identity.name): identity for part in parts for identity in part.identities}
    faults = dict.fromkeys(fault for part in parts for fault in part.faults)
    return Selection(tuple(identities.values()), tuple(faults))


def read_folder(folder: Path | None = None) -> tuple[CatalogueFile, ...]:
    """Every catalogue of a folder, that of matcalc unless another is named, in alphabetical order."""
    return tuple(read_catalogue(path, shown_path(path)) for path in catalogue_paths(folder or shipped_folder()))


def catalogue_paths(folder: Path) -> list[Path]:
    """The YAML files of a folder and of the folders in it, hidden ones left out, in alphabetical order."""
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def shown_path(path: Path) -> str:
    """The path as messages write it: relative where it is below the working folder."""
    absolute = path.resolve()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)


def _find(target: str, shelf: Path, read: Reader) -> Selection:
    path = Path(target)
    if target == EVERYTHING:
        return _find_in_folder(shelf, read)
    if _exists(path) and path.is_dir():
        return _find_in_folder(path, read)
    if path.suffix in SUFFIXES or _exists(path):
        return _find_file(path, read)
    if any(sign in target for sign in "*?["):
        return _find_glob(target, shelf, read)
    return _find_name(target, shelf, read)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long for the file system, so no path of it
        return False


def _find_in_folder(folder: Path, read: Reader) -> Selection:
    paths = catalogue_paths(folder)
    if not paths:
        return _nothing("a folder without YAML files", "name a folder that holds *.yaml catalogues", str(folder))
    return _all_of(read(path) for path in paths)


def _find_file(path: Path, read: Reader) -> Selection:
    if _exists(path) and path.suffix not in SUFFIXES:
        return _nothing("not a YAML file by its name", "name a catalogue *.yaml or *.yml", str(path))
    if _exists(path):
        return _all_of([read(path)])
    siblings = [str(sibling) for sibling in path.parent.glob("*") if sibling.suffix in SUFFIXES]
    near = did_you_mean(near_names(str(path), siblings))
    return _nothing("no such file", near or "name a YAML file, a folder, or an identity", str(path))


def _find_glob(pattern: str, shelf: Path, read: Reader) -> Selection:
    stem = pattern.split("/")[0] if "/" in pattern else "*"
    files = [read(path) for path in catalogue_paths(shelf) if fnmatchcase(path.stem, stem)]
    return _all_of(files, lambda name: fnmatchcase(name, pattern))


def _find_name(name: str, shelf: Path, read: Reader) -> Selection:
    paths = catalogue_paths(shelf)
    stem, _, own_id = name.partition("/")
    files = [read(path) for path in paths if path.stem == stem]
    found = _all_of(files, lambda candidate: candidate == name)
    if found.identities:
        return found
    if files and not own_id:
        return _nothing(f"{name} is a catalogue, not an identity", f"'{stem}/*' selects all of it")
    names = [identity.name for path in paths for identity in read(path).identities]
    unknown = _nothing(f"no identity is called {name}", _near(name, names) or "`matcalc list` shows the names")
    return Selection(faults=found.faults + unknown.faults)


def _near(name: str, names: Sequence[str]) -> str:
    """A suggestion of full names; a name without a stem is compared with the ids alone."""
    if "/" in name:
        return did_you_mean(near_names(name, names))
    ids = near_names(name, {known.partition("/")[2] for known in names})
    return did_you_mean([known for near in ids for known in names if known.partition("/")[2] == near])


def _all_of(files: Iterable[CatalogueFile], wanted: Callable[[str], bool] = lambda _: True) -> Selection:
    """The wanted identities of the files, and whatever is wrong with the files."""
    files = tuple(files)
    identities = tuple(identity for file in files for identity in file.identities if wanted(identity.name))
    return Selection(identities, tuple(fault for file in files for fault in file.faults))


def _nothing(what: str, mend: str, file: str = "") -> Selection:
    return Selection(faults=(Fault(what, mend, place=Place(file)),))

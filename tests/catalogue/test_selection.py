import os
from pathlib import Path

import pytest

from matcalc.catalogue import select, shipped_folder
from matcalc.catalogue.selection import catalogue_paths


def catalogue(*ids: str) -> str:
    return "identities:\n" + "".join(f"  - {{id: {one}, claim: x == x, where: {{x: scalar}}}}\n" for one in ids)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two files, one of them in a folder, with the working folder beside it."""
    folder = tmp_path / "shelf"
    (folder / "more").mkdir(parents=True)
    (folder / "traces.yaml").write_text(catalogue("trace", "trace-of-product"), encoding="utf-8")
    (folder / "more" / "norms.yml").write_text(catalogue("norm", "trace"), encoding="utf-8")
    (folder / ".hidden.yaml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(catalogue("mine"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


EVERY = ["norms/norm", "norms/trace", "traces/trace", "traces/trace-of-product"]


@pytest.mark.parametrize(
    ("targets", "names"),
    [
        pytest.param(["all"], EVERY, id="everything"),
        pytest.param(["traces/trace"], ["traces/trace"], id="a name"),
        pytest.param(["traces/*"], EVERY[2:], id="a glob over one file"),
        pytest.param(["*trace"], ["norms/trace", "traces/trace"], id="a glob over all names"),
        pytest.param(["norms/tr?ce"], ["norms/trace"], id="a question mark"),
        pytest.param(["own.yaml"], ["own/mine"], id="a file"),
        pytest.param(["shelf/more"], EVERY[:2], id="a folder"),
        pytest.param(["shelf/more/"], EVERY[:2], id="a folder with a slash"),
        pytest.param(["traces/trace", "all"], ["traces/trace", *EVERY[:2], EVERY[3]], id="each once, first come first"),
        pytest.param(["shelf/traces.yaml", "traces/trace"], EVERY[2:], id="by file and by name"),
        pytest.param(["zzz*"], [], id="a glob that fits nothing"),
    ],
)
def test_targets_select(shelf: Path, targets: list[str], names: list[str]) -> None:
    selection = select(targets, shelf)
    assert selection.faults == ()
    assert [identity.name for identity in selection.identities] == names


@pytest.mark.parametrize(
    ("target", "headline"),
    [
        pytest.param(
            "traces/trase",
            "no identity is called traces/trase; did you mean traces/trace, traces/trace-of-product or norms/trace?",
            id="misspelt id",
        ),
        pytest.param("nroms/norm", "no identity is called nroms/norm; did you mean norms/norm?", id="misspelt stem"),
        pytest.param("norm", "no identity is called norm; did you mean norms/norm?", id="id without its stem"),
        pytest.param("trace", "no identity is called trace; did you mean norms/trace or traces/trace?", id="two files"),
        pytest.param("zzz", "no identity is called zzz; `matcalc list` shows the names", id="like no other"),
        pytest.param(
            "traces", "traces is a catalogue, not an identity; 'traces/*' selects all of it", id="only a stem"
        ),
        pytest.param("ovn.yaml", "ovn.yaml: no such file; did you mean own.yaml?", id="misspelt file"),
        pytest.param("x" * 5000, f"no identity is called {'x' * 278}…; `matcalc list` shows the names", id="too long"),
    ],
)
def test_a_target_that_is_not_found_is_a_fault_with_a_suggestion(shelf: Path, target: str, headline: str) -> None:
    selection = select([target], shelf)
    assert selection.identities == ()
    assert [fault.headline() for fault in selection.faults] == [headline]


def test_a_folder_without_catalogues_is_a_fault(shelf: Path) -> None:
    (shelf / "empty").mkdir()
    (fault,) = select(["shelf/empty"], shelf).faults
    assert fault.headline() == "shelf/empty: a folder without YAML files; name a folder that holds *.yaml catalogues"


def test_a_file_of_another_kind_is_a_fault(shelf: Path) -> None:
    (shelf / "notes.txt").write_text("", encoding="utf-8")
    (fault,) = select(["shelf/notes.txt"], shelf).faults
    assert fault.headline() == "shelf/notes.txt: not a YAML file by its name; name a catalogue *.yaml or *.yml"


def test_an_unknown_target_does_not_lose_the_others(shelf: Path) -> None:
    selection = select(["nothing", "norms/norm"], shelf)
    assert [identity.name for identity in selection.identities] == ["norms/norm"]
    assert len(selection.faults) == 1


def test_the_faults_of_a_file_come_with_its_identities_once(shelf: Path) -> None:
    (shelf / "traces.yaml").write_text("soruce: x\n" + catalogue("trace"), encoding="utf-8")
    selection = select(["traces/trace", "traces/*"], shelf)
    assert [identity.name for identity in selection.identities] == ["traces/trace"]
    assert [str(fault.place) for fault in selection.faults] == ["shelf/traces.yaml:1:1"]


def test_files_are_called_by_their_path_from_the_working_folder(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert select(["norms/norm"], shelf).identities[0].place.file == "shelf/more/norms.yml"
    monkeypatch.chdir(shelf / "more")
    assert select(["norms/norm"], shelf).identities[0].place.file == "norms.yml"
    assert select(["../../own.yaml"], shelf).identities[0].place.file == "../../own.yaml"


def test_the_shipped_catalogue_is_found_from_a_checkout() -> None:
    assert "seed.yaml" in [path.name for path in catalogue_paths(shipped_folder())]


def test_links_in_circles_pipes_and_devices_are_passed_over(shelf: Path) -> None:
    (shelf / "loop.yaml").symlink_to("loop.yaml")
    (shelf / "more" / "up").symlink_to(shelf)
    (shelf / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(shelf / "pipe.yaml")
    assert [identity.name for identity in select([str(shelf)]).identities] == EVERY


@pytest.mark.parametrize("name", ["loop.yaml", "pipe.yaml", "zero.yaml"])
def test_links_in_circles_pipes_and_devices_are_no_targets(shelf: Path, name: str) -> None:
    (shelf / "loop.yaml").symlink_to("loop.yaml")
    (shelf / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(shelf / "pipe.yaml")
    (fault,) = select([f"shelf/{name}"]).faults
    assert fault.what in ("no such file", "not a regular file")

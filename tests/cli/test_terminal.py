import io
import json
import sys

import pytest

from matcalc.cli.outcome import ClosedPipe
from matcalc.cli.terminal import Terminal, is_unicode
from matcalc.errors import Fault, Place, hidden_character


class Screen(io.TextIOWrapper):
    """A stream that says it is a terminal, or not."""

    def __init__(self, *, is_terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)


@pytest.fixture
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def screens(monkeypatch: pytest.MonkeyPatch, out: Screen, err: Screen) -> Terminal:
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    return Terminal()


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", True), ("UTF8", True), ("ascii", False), ("latin-1", False)]
)
def test_only_unicode_encodings_carry_mathematics(encoding: str, expected: bool) -> None:
    assert is_unicode(Screen(encoding=encoding)) is expected


def test_other_encodings_get_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Screen(encoding="ascii")
    screens(monkeypatch, out, Screen()).print("∇ₓ ‖x‖² ∎ 求")
    assert out.text() == "grad_x ||x||^2 QED \\u6c42\n"


def test_long_lines_are_left_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Screen()
    screens(monkeypatch, out, Screen()).print("word " * 100)
    assert out.text().count("\n") == 1


def test_markup_in_a_text_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Screen()
    screens(monkeypatch, out, Screen()).print("[red]x[i][/red] :smile:")
    assert out.text() == "[red]x[i][/red] :smile:\n"


@pytest.mark.usefixtures("plain_environment")
def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.text import Text

    def printed(*, is_terminal: bool) -> str:
        out = Screen(is_terminal=is_terminal)
        screens(monkeypatch, out, Screen()).print(Text("proved", style="green"))
        return out.text()

    assert printed(is_terminal=False) == "proved\n"
    assert printed(is_terminal=True) == "\x1b[32mproved\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert printed(is_terminal=True) == "proved\n"


def test_a_width_is_known_only_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert screens(monkeypatch, Screen(is_terminal=True), Screen()).width == 60
    assert screens(monkeypatch, Screen(), Screen()).width is None


def test_a_fault_of_a_shared_declaration_is_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Screen()
    shared = Fault("unknown property", "did you mean symmetric?").at(Place("a.yaml", 2, 5))
    screens(monkeypatch, Screen(), err).list_faults(
        [shared.at(shared.place, "a/one"), shared.at(shared.place, "a/two")]
    )
    assert err.text() == "a.yaml:2:5: a/one: unknown property; did you mean symmetric?\n"


@pytest.mark.usefixtures("plain_environment")
@pytest.mark.parametrize(
    ("out_is_terminal", "err_is_terminal", "shown_on"),
    [(False, True, "err"), (True, True, "out"), (True, False, None), (False, False, None)],
    ids=["results go to a file", "both are the screen", "messages go to a file", "nobody watches"],
)
def test_progress_is_shown_on_the_screen_below_the_results(
    monkeypatch: pytest.MonkeyPatch, out_is_terminal: bool, err_is_terminal: bool, shown_on: str | None
) -> None:
    out, err = Screen(is_terminal=out_is_terminal), Screen(is_terminal=err_is_terminal)
    with screens(monkeypatch, out, err).progress(["seed/one", "seed/two"]) as advance:
        advance()
    shown = {"out": out.text(), "err": err.text()}
    assert [name for name, text in shown.items() if text] == ([shown_on] if shown_on else [])
    if shown_on:
        assert "1/2" in shown[shown_on]
        assert "seed/two" in shown[shown_on]


@pytest.mark.usefixtures("plain_environment")
def test_one_identity_needs_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Screen(is_terminal=True)
    with screens(monkeypatch, Screen(), err).progress(["seed/one"]) as advance:
        advance()
    assert err.text() == ""


def test_a_reader_who_has_gone_ends_the_run_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(Screen):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    terminal = screens(monkeypatch, Closed(), Screen())
    with pytest.raises(ClosedPipe):
        terminal.print_json({})
    with pytest.raises(ClosedPipe):
        terminal.print("x")


HOSTILE = "\x1b[31m\x07\x9b\u202e\u2028\U000e0041\r"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_no_escape_sequence_and_no_mark_of_direction_is_printed(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    from rich.text import Text

    out, err = Screen(is_terminal=is_terminal), Screen(is_terminal=is_terminal)
    terminal = screens(monkeypatch, out, err)
    terminal.print(f"a {HOSTILE}")
    terminal.print(Text(f"a {HOSTILE}"))
    terminal.list_faults([Fault(HOSTILE, HOSTILE, text=HOSTILE, span=(0, 3)).at(Place(HOSTILE, 1), HOSTILE)])
    for text in (out.text(), err.text()):
        assert hidden_character(text) is None
        assert "\\x1b[31m" in text


def test_json_tells_what_it_does_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Screen()
    screens(monkeypatch, out, Screen()).print_json({"note": HOSTILE, "sign": "∇"})
    assert hidden_character(out.text()) is None
    assert "∇" in out.text()
    assert json.loads(out.text()) == {"note": HOSTILE, "sign": "∇"}

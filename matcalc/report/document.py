"""The JSON document: verdicts with their evidence, as plain data for `json.dumps`.

The fields and their nesting are a contract: fields are added, never renamed, and always come in the same order.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from matcalc import __version__
from matcalc.errors import Fault
from matcalc.results import Counterexample, ExactCheck, Expansion, NumericCheck, ProofSummary, Result, Value, Verdict

FORMAT = 1

Json: TypeAlias = dict[str, Any]


def document(results: Sequence[Result], faults: Iterable[Fault], seconds: float, *, interrupted: bool = False) -> Json:
    """The document of a run; `faults` are those that belong to no result, `seconds` the wall time of the run."""
    parts = {**heading(), "summary": summary(results, seconds), "results": [result_record(one) for one in results]}
    return {**parts, "faults": [fault_record(fault) for fault in faults], "interrupted": interrupted}


def heading() -> Json:
    """What every document starts with: the version of matcalc and of the format."""
    return {"matcalc": __version__, "format": FORMAT}


def summary(results: Sequence[Result], seconds: float) -> Json:
    """How many results there are of each verdict."""
    counts = {verdict.value: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    as_expected = sum(result.as_expected for result in results)
    return {"selected": len(results), "as_expected": as_expected, **counts, "seconds": round(seconds, 3)}


def result_record(result: Result) -> Json:
    """One result."""
    return {
        "id": result.id,
        "file": result.file,
        "line": result.line,
        "claim": result.claim,
        "layout": result.layout,
        "expect": result.expect,
        "verdict": result.verdict.value,
        "as_expected": result.as_expected,
        "proof": result.proof and _proof_record(result.proof),
        "numeric": result.numeric and _numeric_record(result.numeric),
        "exact": result.exact and _exact_record(result.exact),
        "counterexample": result.counterexample and counterexample_record(result.counterexample),
        "suggestion": result.suggestion,
        "message": result.message,
        "faults": [fault_record(fault) for fault in result.faults],
        "seconds": round(result.seconds, 4),
    }


def fault_record(fault: Fault) -> Json:
    """One fault: the same three parts that the text report prints, what, where and the mend."""
    return {
        "what": fault.what,
        "mend": fault.mend,
        "file": fault.place.file,
        "line": fault.place.line,
        "column": fault.place.column,
        "subject": fault.subject,
        "text": fault.text,
        "span": list(fault.span),
    }


def counterexample_record(counterexample: Counterexample) -> Json:
    """Sizes, values, and what the two sides are there; a matrix is a list of rows."""
    return {
        "sizes": dict(counterexample.sizes),
        "at": {name: _plain(value) for name, value in counterexample.at.items()},
        "lhs": _plain(counterexample.lhs),
        "rhs": _plain(counterexample.rhs),
        **({} if counterexample.error is None else {"error": counterexample.error}),
    }


def _proof_record(proof: ProofSummary) -> Json:
    return {
        "scope": proof.scope,
        "steps": proof.steps,
        "assumes": list(proof.assumes),
        "rests_on": list(proof.rests_on),
        "seconds": round(proof.seconds, 4),
    }


def _numeric_record(numeric: NumericCheck) -> Json:
    return {
        "agrees": numeric.agrees,
        "points": numeric.points,
        "sizes": [dict(sizes) for sizes in numeric.sizes],
        "max_error": _finite(numeric.max_error),
        "seconds": round(numeric.seconds, 4),
    }


def _exact_record(exact: ExactCheck) -> Json:
    return {
        "agrees": exact.agrees,
        "sizes": [dict(sizes) for sizes in exact.sizes],
        "integers": {name: list(values) for name, values in exact.integers.items()},
        "entries": exact.entries,
        "missing": exact.missing,
        "seconds": round(exact.seconds, 4),
    }


def expansion_record(expansion: Expansion) -> Json:
    """A claim at explicit sizes; matrices are lists of rows, their entries texts in the language."""
    return {
        "numbers": dict(expansion.numbers),
        "symbols": {name: _plain(texts) for name, texts in expansion.symbols.items()},
        "derivatives": [
            {
                "of": partials.body,
                "by": partials.variable,
                "entries": _plain(partials.entries),
                "by_entries": list(partials.variable_entries),
                "slopes": _plain(partials.slopes),
            }
            for partials in expansion.derivatives
        ],
        "sides": [_plain(side) for side in expansion.sides],
        "agrees": [list(row) for row in expansion.agrees],
    }


def _finite(number: float) -> float | str:
    """JSON has no infinity."""
    return number if abs(number) < float("inf") else str(number)


def _plain(value: Value) -> Any:
    return [list(row) for row in value] if isinstance(value, tuple) else value

"""The stages in order, from a catalogue's identity to its verdict.

Two witnesses are heard: the prover, whose derivation the kernel has replayed, and the evidence, which has exact points
and the numeric cross-check. `proved` needs both, `refuted` needs a counterexample or sides of different shapes, and a
contradiction between the two is an error of its own. The only mathematics done here is the comparison of shapes.
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeAlias, assert_never

from matcalc import evidence
from matcalc.catalogue import Identity, locate
from matcalc.components.conditions import conditions
from matcalc.diagnosis import Statement, diagnose
from matcalc.errors import Fault, MatcalcError
from matcalc.evidence import (
    NoPoint,
    Unsupported,
    check_at_sizes,
    check_example,
    cross_check,
    find_counterexample,
    prepare,
)
from matcalc.evidence.relevance import relevant
from matcalc.kernel import Theorem
from matcalc.language import parse_claim
from matcalc.language.nodes import Claim
from matcalc.language.rebuilding import unequal_shapes, with_zero_matrices
from matcalc.prover import Proved, Unproved, prove
from matcalc.report.derivation import count_steps
from matcalc.report.values import exact_places
from matcalc.results import USUAL, ExactCheck, Expansion, NumericCheck, ProofSummary, Request, Result, Verdict

SEARCH_SHARE = 1 / 2
"""Of the seconds that a claim may take, at most, for the search of a proof."""

SEARCH_SHARE_AGAINST_NUMBERS = 1 / 10
"""The same where the numbers disagree: a proof would be an error of the program, and nearly all are found sooner."""

COUNTEREXAMPLE_SHARE = 1 / 4
"""Of what is left then, at most, for a counterexample; a search without need of one ends long before."""

EXACT_SHARE = 1 / 2
"""Of the seconds, at most, for the exact engine, within what is left."""

SUGGESTION_SHARE = 1 / 5
"""Of the seconds, at most and beside all others, for what would be true in place of a refuted claim."""

TORCH_OUT_OF_MEMORY = "can't allocate memory"
"""What a RuntimeError of torch says where Python raises MemoryError."""

Numeric: TypeAlias = NumericCheck | NoPoint | Unsupported


@dataclass(frozen=True, slots=True)
class Judgement:
    """A result with the claim and the theorem behind it, where there are any, for a reader of the derivation."""

    result: Result
    claim: Claim | None = None
    theorem: Theorem | None = None


def make_ready(request: Request) -> None:
    """Load what judging needs beforehand, so that the first claim does not take the blame."""
    if request.cross_check:
        prepare()


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many seconds a claim may take in all, and when these are over by the clock of this process's processor.

    How busy the machine is with other work makes no difference to what the evidence says.
    """

    seconds: float
    end: float

    @property
    def left(self) -> float:
        return self.end - process_time()

    @property
    def for_exact_check(self) -> float:
        return min(EXACT_SHARE * self.seconds, self.left)


def result_of(identity: Identity, request: Request = USUAL) -> Result:
    """The result of one identity, which says all of it without the claim and the theorem."""
    return judge(identity, request).result


def judge(identity: Identity, request: Request = USUAL) -> Judgement:
    """The verdict about one identity. Raises MemoryError, for whoever limits the memory."""
    if identity.is_readable:
        make_ready(request)
    start = perf_counter()
    undecided = _undecided(identity)
    try:
        claim = parse(identity)
        judgement = _judge_claim(identity, claim, undecided, request)
    except MatcalcError as error:
        judgement = Judgement(_faulty(undecided, error.faults))
    except MemoryError:
        raise
    except Exception as error:  # one claim that trips the program must not take the verdicts of the others with it
        if TORCH_OUT_OF_MEMORY in str(error):
            raise MemoryError from error
        message = f"internal error, {_described(error)}; please report it with the claim"
        judgement = Judgement(replace(undecided, verdict=Verdict.ERROR, message=message))
    return replace(judgement, result=replace(judgement.result, seconds=perf_counter() - start))


@dataclass(frozen=True, slots=True)
class Expanded:
    """A claim written out at explicit sizes, or the reason why it is not."""

    claim: Claim
    expansion: Expansion | None = None
    reason: str | None = None


def expand(identity: Identity, sizes: Mapping[str, int], seconds: float) -> Expanded:
    """The claim of an identity, written out by entries at these sizes.

    Raises MatcalcError with every fault of the entry, or of the sizes.
    """
    claim = parse(identity)
    shapes = unequal_shapes(claim)
    if shapes:
        return Expanded(claim, reason=f"the sides have different shapes: {' and '.join(shapes)}")
    try:
        found = evidence.expand(with_zero_matrices(claim), sizes, seconds)
    except MatcalcError as error:
        raise MatcalcError(*(fault.at(identity.place, identity.name) for fault in error.faults)) from error
    return Expanded(claim, found) if isinstance(found, Expansion) else Expanded(claim, reason=found.reason)


def parse(identity: Identity) -> Claim:
    """The claim as a tree, without the shared symbols of its file that it has no use for.

    Raises MatcalcError with every fault of the entry, each at its place in the file.
    """
    faults = identity.faults
    if identity.is_readable:
        try:
            claim = parse_claim(identity.claim, identity.where, identity.layout)
        except MatcalcError as error:
            faults += tuple(locate(identity, fault) for fault in error.faults)
    if faults:
        raise MatcalcError(*faults)
    return relevant(claim)


def _judge_claim(identity: Identity, claim: Claim, undecided: Result, request: Request) -> Judgement:
    full = with_zero_matrices(claim)
    shapes = unequal_shapes(claim)
    theorem = None
    if shapes:
        message = f"the sides have different shapes: {' and '.join(shapes)}"
        result = replace(undecided, verdict=Verdict.REFUTED, message=message)
    else:
        result, theorem = _hear_witnesses(full, undecided, request)
    if request.cross_check and result.verdict is Verdict.REFUTED:
        result = _with_suggestion(result, identity, claim, request)
    elif request.cross_check and result.verdict is not Verdict.ERROR:
        result = _with_examples(result, identity, full)
    return Judgement(result, claim, theorem)


def _hear_witnesses(claim: Claim, undecided: Result, request: Request) -> tuple[Result, Theorem | None]:
    """What the prover and the evidence say of sides that have one shape."""
    deadline = Deadline(request.seconds, process_time() + request.seconds)
    numeric = cross_check(claim) if request.cross_check else None
    differs = isinstance(numeric, NumericCheck) and not numeric.agrees
    start = perf_counter()
    attempt = prove(claim, request.seconds * (SEARCH_SHARE_AGAINST_NUMBERS if differs else SEARCH_SHARE))
    seconds = perf_counter() - start
    result = replace(undecided, numeric=numeric if isinstance(numeric, NumericCheck) else None)
    match attempt:
        case Proved(theorem=theorem):
            result = _weigh_proof(replace(result, proof=_summary(claim, theorem, seconds)), claim, numeric)
            return (_with_exact_check(result, claim, deadline) if request.exact else result), theorem
        case Unproved(missing=missing):
            return _weigh_no_proof(result, claim, numeric, missing, deadline), None
        case _:
            assert_never(attempt)


def _weigh_proof(result: Result, claim: Claim, numeric: Numeric | None) -> Result:
    """The verdict about a claim with a theorem: `proved` when the numbers agree."""
    match numeric:
        case None:
            return replace(result, message="derived for all sizes, not cross-checked")
        case NumericCheck(agrees=True):
            return replace(result, verdict=Verdict.PROVED)
        case NumericCheck(points=points, max_error=error):
            message = (
                f"the engines disagree: the kernel replayed a proof of this claim, and autograd finds the sides apart "
                f"by {error:.1e} (relative) over {points} points; please report it with the claim"
            )
            counterexample = find_counterexample(claim)
            return replace(result, verdict=Verdict.ERROR, message=message, counterexample=counterexample)
        case NoPoint(reason=reason):
            return replace(result, message=f"derived for all sizes, but {reason}")
        case Unsupported(reason=reason):
            return replace(result, message=f"derived for all sizes, but the cross-check cannot evaluate it: {reason}")
        case _:
            assert_never(numeric)


def _with_exact_check(result: Result, claim: Claim, deadline: Deadline) -> Result:
    """The result about a claim with a theorem, heard by the exact engine too."""
    exact = check_at_sizes(claim, deadline.for_exact_check)
    if exact.agrees is not False:
        return replace(result, exact=exact)
    message = (
        f"the engines disagree: the kernel replayed a proof of this claim, and the exact engine finds the sides "
        f"different at {exact_places(exact)}; please report it with the claim"
    )
    return replace(result, exact=exact, verdict=Verdict.ERROR, message=message)


def _weigh_no_proof(result: Result, claim: Claim, numeric: Numeric | None, missing: str, deadline: Deadline) -> Result:
    """The verdict about a claim without a theorem.

    It is `refuted` by an exact counterexample and by nothing less, `proved-at-sizes` where every entry agrees on
    generic matrices and the numbers agree. Where the numbers agree, only special points are tried as counterexamples.
    """
    agrees = isinstance(numeric, NumericCheck) and numeric.agrees
    counterexample = find_counterexample(claim, COUNTEREXAMPLE_SHARE * deadline.left, thorough=not agrees)
    if counterexample is not None:
        return replace(result, verdict=Verdict.REFUTED, counterexample=counterexample)
    differs = isinstance(numeric, NumericCheck) and not numeric.agrees
    exact = None if differs else check_at_sizes(claim, deadline.for_exact_check)
    result = replace(result, exact=exact)
    if exact is not None and exact.agrees and isinstance(numeric, NumericCheck):
        more = f" ({exact.missing})" if exact.missing else ""
        message = f"proved at {exact_places(exact)} only{more}; not for all sizes: {missing}"
        return replace(result, verdict=Verdict.PROVED_AT_SIZES, proof=_summary_at_sizes(claim, exact), message=message)
    words = [f"not proved: {missing}", *([_exact_words(exact)] if exact else []), _numeric_words(numeric)]
    return replace(result, message="; ".join(words))


def _exact_words(exact: ExactCheck) -> str:
    """What the exact engine adds to a claim that is neither proved nor refuted."""
    match exact.agrees:
        case True:
            return f"every entry agrees at {exact_places(exact)}"
        case False:
            return f"the exact engine finds the sides different at {exact_places(exact)}"
        case None:
            return f"no proof at given sizes either ({exact.missing})"
        case _:
            assert_never(exact.agrees)


def _numeric_words(numeric: Numeric | None) -> str:
    """What the cross-check adds to a claim that is neither proved nor refuted."""
    match numeric:
        case None:
            return "no exact counterexample; not cross-checked"
        case NumericCheck(agrees=True, points=points):
            return f"no counterexample; the sides agree at {points} random points, which proves nothing"
        case NumericCheck(max_error=error):
            return f"autograd finds the sides apart by {error:.1e} (relative), which no exact counterexample confirms"
        case NoPoint(reason=reason):
            return reason
        case Unsupported(reason=reason):
            return f"no counterexample; the cross-check cannot evaluate it: {reason}"
        case _:
            assert_never(numeric)


def _with_examples(result: Result, identity: Identity, claim: Claim) -> Result:
    """The result, unless a worked example of the entry fails: then an error that names each one that does."""
    faults = []
    for number, example in enumerate(identity.examples, start=1):
        failure = check_example(claim, example)
        if failure is not None:
            fault = Fault(f"worked example {number} fails: {failure}", "correct the example or the claim")
            faults.append(fault.at(example.place, identity.name))
    return _faulty(result, tuple(faults)) if faults else result


def faulty_result(identity: Identity, faults: tuple[Fault, ...]) -> Result:
    """The result of an identity that cannot be judged for these faults."""
    return _faulty(_undecided(identity), faults)


def _faulty(result: Result, faults: tuple[Fault, ...]) -> Result:
    message = "; ".join(fault.what for fault in faults)
    return replace(result, verdict=Verdict.ERROR, message=message, faults=faults)


def _undecided(identity: Identity) -> Result:
    """The result before anything is known."""
    return Result(
        id=identity.name,
        file=identity.place.file,
        line=identity.place.line,
        claim=identity.claim,
        layout=identity.layout,
        expect=identity.expect,
        verdict=Verdict.UNDECIDED,
        title=identity.title,
    )


def _summary(claim: Claim, theorem: Theorem, seconds: float) -> ProofSummary:
    return ProofSummary("all sizes", count_steps(claim, theorem), theorem.assumptions, theorem.rests_on, seconds)


def _summary_at_sizes(claim: Claim, exact: ExactCheck) -> ProofSummary:
    """A proof at given sizes: a step for each entry that was compared."""
    return ProofSummary(
        exact_places(exact), exact.entries, conditions(claim), ("comparison of entries",), exact.seconds
    )


def _with_suggestion(refuted: Result, identity: Identity, claim: Claim, request: Request) -> Result:
    """The result with what would be true instead, proved and cross-checked, if anything is found."""
    statement = Statement(identity.claim, identity.where, identity.layout)
    return replace(refuted, suggestion=diagnose(statement, claim, SUGGESTION_SHARE * request.seconds))


def _described(error: Exception) -> str:
    """Where in the program an unexpected exception was raised, and which."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {error}"

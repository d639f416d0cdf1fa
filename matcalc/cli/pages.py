"""What the processes that work on identities do: judge them, and lay out the pages of `prove`.

The main process never imports this module, whose imports take seconds.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matcalc.catalogue import Identity
from matcalc.cli.claims import as_asked, assumption_lines, with_assumptions
from matcalc.cli.deriving import Question
from matcalc.cli.outcome import DerivedPage, ProofPage, SizedPage
from matcalc.derive import Derived, derive
from matcalc.errors import MatcalcError
from matcalc.report.code import NoCodeError
from matcalc.report.derivation import derivation_lines
from matcalc.report.document import expansion_record, result_record
from matcalc.report.expansions import expansion_page
from matcalc.report.formats import FORMATS
from matcalc.report.pages import derivative_page, proof_page
from matcalc.report.rules import axiom_lines
from matcalc.report.statements import statement
from matcalc.results import Request, Result, Verdict
from matcalc.verify import Expanded, Judgement, expand, faulty_result, judge


def page_of_proof(identity: Identity, request: Request, width: int, *, has_axioms: bool = False) -> ProofPage:
    """The page of `prove`, laid out in `width` columns; no lines where there is no claim to speak of."""
    try:
        identity, assumed = with_assumptions(identity)
    except MatcalcError as error:
        faulty = Judgement(faulty_result(identity, error.faults))
        return ProofPage(faulty.result, (), _record(faulty, request.cross_check, {}))
    judgement, is_checked = judge(identity, request), request.cross_check
    result, claim, theorem = judgement.result, judgement.claim, judgement.theorem
    lines = [] if claim is None else proof_page(result, claim, theorem, is_cross_checked=is_checked, width=width)
    lines[1:1] = assumption_lines(assumed, width)
    if has_axioms and theorem is not None:
        lines += ["", "The proof asks you to believe", *axiom_lines(theorem.rests_on, width)]
    return ProofPage(_outcome(judgement, is_checked), tuple(lines), _record(judgement, is_checked, assumed))


def page_at_sizes(identity: Identity, sizes: Mapping[str, int], seconds: float, width: int) -> SizedPage:
    """The page of `prove --sizes`, laid out in `width` columns."""
    try:
        identity, assumed = with_assumptions(identity)
        found = expand(identity, sizes, seconds)
    except MatcalcError as error:
        return SizedPage(_sized_record(identity, None), faults=error.faults)
    return SizedPage(
        _sized_record(identity, found),
        tuple(_sized_lines(identity, found, assumed, width)),
        is_as_expected=_agrees(found) == (identity.expect != "refuted") if found.expansion else False,
    )


def page_of_derivative(
    asked: Identity, question: Question, request: Request, *, form: str, steps: bool, width: int
) -> DerivedPage:
    """The page of `derive` in a format; text is laid out in `width` columns."""
    try:
        declared, expression, assumed = as_asked(asked, question)
        found = derive(declared, expression, request)
    except MatcalcError as error:
        return DerivedPage(_derived_record(asked, None, {}), faults=error.faults)
    page = DerivedPage(_derived_record(declared, found, assumed), is_derived=found.value is not None)
    judgement = found.judgement
    if found.value is None or judgement is None or judgement.claim is None or judgement.theorem is None:
        return page.excused(f"Not derived: {found.reason}.", form)
    told = assumption_lines(assumed, width)
    if form in FORMATS:
        return _formatted(replace(page, notes=tuple(told[1:])), form, judgement)
    lines = derivative_page(judgement.result, judgement.claim, judgement.theorem, steps=steps, width=width)
    lines[1:1] = told
    return replace(page, lines=tuple(lines))


def _formatted(page: DerivedPage, form: str, judgement: Judgement) -> DerivedPage:
    assert judgement.claim is not None, form
    try:
        written = FORMATS[form](judgement.result, judgement.claim)
    except NoCodeError as missing:
        return replace(page, notes=(*page.notes, f"No code for {form}: {missing}."), is_derived=False)
    return replace(page, lines=written.lines, preamble=written.preamble)


def _derived_record(asked: Identity, found: Derived | None, assumed: Mapping[str, str]) -> dict[str, Any]:
    judgement = found.judgement if found else None
    proved = judgement if judgement and judgement.claim and judgement.theorem else None
    return {
        "id": asked.name,
        "derivative": asked.claim.removesuffix(" == 0"),
        "layout": asked.layout,
        "where": dict(asked.where),
        "assumed": dict(assumed),
        "value": found.value if found else None,
        "statement": statement(proved.claim) if proved and proved.claim else None,
        "result": result_record(judgement.result) if judgement else None,
        "message": found.reason or None if found else None,
    }


def _outcome(judgement: Judgement, is_cross_checked: bool) -> Result:
    """The result as the exit code weighs it: without the cross-check a derivation alone is the expected outcome."""
    result = judgement.result
    is_derived = judgement.theorem is not None and not is_cross_checked and result.verdict is Verdict.UNDECIDED
    return replace(result, verdict=Verdict.PROVED) if is_derived else result


def _record(judgement: Judgement, is_cross_checked: bool, assumed: Mapping[str, str]) -> dict[str, Any]:
    """The result's record with the page's mathematics; no verdict where only half of the evidence was asked for."""
    claim, theorem = judgement.claim, judgement.theorem
    record = result_record(judgement.result)
    if theorem is not None and not is_cross_checked:
        record |= {"verdict": None, "as_expected": None}
    return {
        **record,
        "statement": statement(claim) if claim else None,
        "derivation": derivation_lines(claim, theorem) if claim and theorem else None,
        "assumed": dict(assumed),
    }


def _agrees(found: Expanded) -> bool:
    return found.expansion is not None and all(agrees for row in found.expansion.agrees for agrees in row)


def _sized_lines(identity: Identity, found: Expanded, assumed: Mapping[str, str], width: int) -> list[str]:
    title = f"{identity.name}: {identity.title}" if identity.title else identity.name
    lines = [title, "", f"Not written out: {found.reason}."]
    if found.expansion is not None:
        lines = expansion_page(title, found.claim, found.expansion, width=width)
    return [title, *assumption_lines(assumed, width), *lines[1:]]


def _sized_record(identity: Identity, found: Expanded | None) -> dict[str, Any]:
    return {
        "id": identity.name,
        "statement": statement(found.claim) if found else None,
        "expansion": expansion_record(found.expansion) if found and found.expansion else None,
        "message": found.reason if found else None,
    }

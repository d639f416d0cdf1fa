"""Products of matrices of single indices, cut in two or three from their rows to their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matcalc.components.terms import Bound, Delta, Entries, Factor, Index, Slot, Term, reindex, sizes_in
from matcalc.prover.matrices import reached

ONE = Fraction(1)
ROW, COLUMN = Slot(0), Slot(1)


@dataclass(frozen=True, slots=True)
class Chain:
    """A product of matrices of single indices, cut after each run of factors from its rows on."""

    body: Entries

    @property
    def term(self) -> Term:
        return self.body.terms[0]

    def cuts(self) -> Iterator[tuple[set[int], Bound | None]]:
        """The factors between the rows and a joint, and the joint; none where nothing joins rows and columns."""
        columns = reached(self.term, COLUMN, None)
        if not columns & reached(self.term, ROW, None):
            yield reached(self.term, ROW, None), None
        for number in range(len(self.term.bound)):
            joint = Bound(number)
            near = reached(self.term, ROW, joint)
            far = reached(self.term, COLUMN, joint)
            if near and not near & far and self._joins(joint, near, far):
                yield near, joint

    def _joins(self, joint: Bound, near: set[int], far: set[int]) -> bool:
        """Whether the joint stands on both sides."""
        own = {k for k, f in enumerate(self.term.factors) if joint in f.indices and {*f.indices} != {joint}}
        return bool(own & near) and bool(own & far)

    def part(self, places: set[int], ends: Sequence[Index | None]) -> Entries:
        """The matrix of these factors between these indices; a missing end is that of a vector or a scalar."""
        used = {i for k in places for i in self.term.factors[k].indices}
        image: dict[Index, Index] = {}
        for index in ends:
            if index is not None and index not in image:
                image[index] = Slot(len(image))
        own = [Bound(k) for k in range(len(self.term.bound)) if Bound(k) in used and Bound(k) not in image]
        sizes = sizes_in(self.body, self.term)
        slots = tuple(sizes[index] for index in image)
        image |= {index: Bound(k) for k, index in enumerate(own)}
        factors = reindex((self.term.factors[k] for k in sorted(places)), image)
        return Entries(slots, (Term(ONE, tuple(sizes[index] for index in own), factors),))

    def rotations(self) -> Iterator[tuple[Entries, Entries]]:
        """The matrices P, Q with P Q = M."""
        for near, joint in self.cuts():
            far = {*range(len(self.term.factors))} - near
            if far:
                scaled = self.part(far, (joint, COLUMN))
                (term,) = scaled.terms
                yield (
                    self.part(near, (ROW, joint)),
                    Entries(scaled.slots, (replace(term, coefficient=self.term.coefficient),)),
                )

    def sandwiches(self) -> Iterator[tuple[Entries, Entries, Entries]]:
        """The matrices P, N, Q with P N Q = M."""
        cuts = sorted((cut for cut in self.cuts() if cut[1] is not None), key=lambda cut: len(cut[0]))
        for first, left in cuts:
            for second, right in cuts:
                last = reached(self.term, COLUMN, right)
                middle = {*range(len(self.term.factors))} - first - last
                if left is not None and right is not None and first <= second and last and not first & last:
                    yield (
                        self.part(first, (ROW, left)),
                        self._middle(middle, left, right),
                        self.part(last, (right, COLUMN)),
                    )

    def _middle(self, places: set[int], left: Bound, right: Bound) -> Entries:
        """N, diagonal where it stands at a single index."""
        if left != right:
            inner = self.part(places, (left, right))
            (term,) = inner.terms
            return Entries(inner.slots, (replace(term, coefficient=self.term.coefficient),))
        whole = self.part(places, (left,))
        (term,) = whole.terms
        factors = (Factor(Delta(), (ROW, COLUMN)), *term.factors)
        return Entries(whole.slots * 2, (Term(self.term.coefficient, term.bound, factors),))

"""The catalogue that comes with matcalc is documented, readable, and without twins; `verify all` gives verdicts."""

import pytest

from matcalc.catalogue import CatalogueFile, Identity, read_catalogue, shipped_folder
from matcalc.verify import parse

FILES = {path.stem: read_catalogue(path) for path in sorted(shipped_folder().glob("*.yaml"))}

each_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


def statement(identity: Identity) -> tuple[object, ...]:
    return (identity.claim, identity.layout, tuple(sorted(identity.where.items())))


@each_file
def test_a_file_has_a_title_and_no_faults(file: CatalogueFile) -> None:
    assert file.title
    assert file.faults == ()
    assert file.identities


@each_file
def test_every_identity_has_title_source_and_tags(file: CatalogueFile) -> None:
    assert [one.name for one in file.identities if not (one.title and one.source and one.tags)] == []


@each_file
def test_titles_of_a_file_tell_its_identities_apart(file: CatalogueFile) -> None:
    titles = [one.title for one in file.identities]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


@each_file
def test_nothing_is_stated_twice_in_a_file(file: CatalogueFile) -> None:
    statements = [statement(one) for one in file.identities]
    assert [one.name for one in file.identities if statements.count(statement(one)) > 1] == []


@each_file
def test_every_claim_can_be_read(file: CatalogueFile) -> None:
    for identity in file.identities:
        assert parse(identity).sides


@each_file
def test_an_identity_that_is_not_expected_to_be_proved_says_why(file: CatalogueFile) -> None:
    assert [one.name for one in file.identities if one.expect != "proved" and not one.note] == []


@each_file
def test_what_is_skipped_has_a_reason(file: CatalogueFile) -> None:
    assert [skipped.item for skipped in file.skipped if not skipped.reason] == []

"""Catalogue files: YAML to frozen records of text that know their line and column; no mathematics.

`select` finds the identities that targets name, `read_folder` reads whole files; `locate` places a fault of the
language in the file it came from.
"""

from matcalc.catalogue.entries import read_catalogue
from matcalc.catalogue.records import CatalogueFile, Example, Identity, Skipped, locate
from matcalc.catalogue.selection import Selection, read_folder, select, shipped_folder

__all__ = [
    "CatalogueFile",
    "Example",
    "Identity",
    "Selection",
    "Skipped",
    "locate",
    "read_catalogue",
    "read_folder",
    "select",
    "shipped_folder",
]

"""Generated documents say what the code says; write them anew with `python tests/docs/write_docs.py`."""

import pytest
from write_docs import DOCS, GENERATED


@pytest.mark.parametrize("name", GENERATED)
def test_generated_document_is_fresh(name):
    assert (DOCS / name).read_text(encoding="utf-8") == GENERATED[name](), f"docs/{name} is stale"

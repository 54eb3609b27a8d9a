"""Generated documents: `python tests/docs/write_docs.py` writes them, the tests compare them."""

from pathlib import Path

from estimators import estimators_markdown
from typer.cli import get_docs_for_click
from typer.main import get_command

from dashboard.cli import app
from dashboard.measures.catalogue import catalogue_markdown
from pipelines.schema.dictionary import dictionary_markdown

DOCS = Path(__file__).parents[2] / "docs"


def commands_markdown() -> str:
    """Help of every command, as `outcomes COMMAND --help` says it."""
    command = get_command(app)
    from typer._click import Context  # the click that typer carries

    text = get_docs_for_click(
        obj=command, ctx=Context(command, info_name="outcomes"), name="outcomes", title="Commands"
    )
    return text.rstrip() + "\n"


GENERATED = {
    "data-dictionary.md": dictionary_markdown,
    "measures.md": catalogue_markdown,
    "commands.md": commands_markdown,
    "estimators.md": estimators_markdown,
}

if __name__ == "__main__":
    for name, text in GENERATED.items():
        (DOCS / name).write_text(text(), encoding="utf-8")

"""Everything a process of an audience hands out: pages in states of their widgets, figures, alt texts and files."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from app_stores import check_figures, open_page, opened, shown_texts

from dashboard.app_pages import released
from dashboard.measures.lookup import EVERYWHERE, place_names
from dashboard.report_source import protected_source
from dashboard.reports.definitions import Order
from dashboard.reports.funders import read_funder
from dashboard.reports.make import make
from dashboard.reports.period_codes import read_period
from dashboard.reports.renderers import FORMATS, SHOWN, WRITTEN
from dashboard.ui.released import blocks
from dashboard.ui.released.view import Shared
from pipelines.published import read_published

TODAY = date(2026, 4, 30)
COPIES = {"deck": ("board", "2025", "board"), "report": ("grant", "2025", "funder")}
WRITTEN_AT = re.compile(rb"<dcterms:(created|modified).*?</dcterms:\1>")
SLOW = os.environ.get("OUTCOMES_SLOW") == "1"
PAGES = ("overview", "engagement", "life-wins", "retention", "return-to-use", "counties", "methods")


def pages_of(audience, folder):
    """Addresses of the pages an audience has."""
    view = Shared(read_published(folder, audience))
    return [entry.address for entry in released.entries(audience) if entry.has(view)]


def on_screen(audience, folder):
    """Page and place -> every text, figure (as JSON) and alternative text; every place with the full budget."""
    names = ["-".join(place) for place in place_names(read_published(folder, audience))]
    return {
        (page, place): _page(page, place)
        for page in pages_of(audience, folder)
        for place in ("", *(names if SLOW else ()))
    }


def _page(page, place):
    app = open_page(page, **({"place": place} if place else {}))
    assert not app.exception, (page, place)
    if app.get("plotly_chart"):
        app = opened(app)
    check_figures(app)
    charts = [(chart.proto.alt, chart.proto.spec) for chart in app.get("plotly_chart")]
    return json.dumps([shown_texts(app), charts])


def in_files(audience, folder):
    """Block and place -> its CSV file."""
    published = read_published(folder, audience)
    found = {}
    for place in (EVERYWHERE, *list(place_names(published))[: None if SLOW else 2]):
        view = Shared(published, place)
        made = [blocks.over_time(view, n) for n in view.gives(*published.policy.measures) if n != "retained"]
        made += [blocks.by_category(view, n) for n in view.gives("contacts", "wins_by_domain")]
        made += [blocks.by_county(view, n) for n in view.gives(*published.policy.measures) if n != "retained"]
        made += [blocks.on_the_grid(view, n) for n in view.gives("retained")]
        made.append(blocks.side_by_side(view, view.gives(*released.COUNTIES)))
        made.append(blocks.on_the_map(view, view.gives(*released.COUNTIES)))
        found |= {(block.key, place): (block.file(), block.alt, block.table().to_csv()) for block in made if block}
    return found


def in_document(folder, copy, period="", funder="opioid_settlement"):
    """Make a deck of the board's or a report of the funder's published numbers."""
    kind, code, audience = COPIES[copy]
    source = protected_source(audience, folder)
    order = Order(read_period(period or code), read_funder(funder), "shareable", len(source.options("county")))
    return make(kind, order, source, today=TODAY).document


def in_formats(folder):
    """File name and part -> the bytes of every document in every format that can be handed on."""
    found = {}
    for copy in COPIES:
        document = in_document(folder, copy)
        for form in SHOWN if copy == "deck" else WRITTEN:
            for name, content in FORMATS[form].render(document).items():
                found |= dict(_parts(name, content))
    return found


def _parts(name, content):
    """Yield a file, or what is packed in it: the time of packing is no part, and neither is that of writing."""
    if not content.startswith(b"PK"):
        yield name, WRITTEN_AT.sub(b"", content)
        return
    with ZipFile(BytesIO(content)) as packed:
        for part in packed.namelist():
            yield from _parts(f"{name}/{part}", packed.read(part))

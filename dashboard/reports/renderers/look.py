"""Colors of files: those of the pages, chosen for contrast on white and in gray print."""

from __future__ import annotations

from typing import Final

BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
GRAY: Final = "#767676"
SLATE: Final = "#475569"
INK: Final = "#1A1A1A"
PALE: Final = "#E8EEF4"
GRID: Final = "#DDDDDD"
SERIES: Final = (BLUE, SKY)
FONT: Final = "Source Sans Pro"  # shipped beside the renderers, for PDF and pictures
OFFICE_FONT: Final = "Calibri"

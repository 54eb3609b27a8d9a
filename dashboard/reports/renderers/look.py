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
# The same on the dark ground of a page: 4.5 to 1 for words, 3 to 1 for marks.
ON_DARK: Final = {BLUE: "#3D8FC4", SKY: "#B5DDF5", GRAY: "#A3ADB8", SLATE: "#A9B6C8", INK: "#EDF1F5", GRID: "#3A434E"}
FONT: Final = "Source Sans Pro"  # shipped beside the renderers, for PDF and pictures
OFFICE_FONT: Final = "Calibri"

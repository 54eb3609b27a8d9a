"""The published cube: the one file an audience's numbers come from, and the only one its pages may read.

`read_published(folder, audience)` opens the release that passed its audit; `measure_frame` looks a measure up in
it. Nothing here can count: what is not in the cube does not exist.
"""

from pipelines.published.cube import COLUMNS, Cube, content_hash, read_cube, write_cube
from pipelines.published.folder import Published, cube_paths, point_to, read_published
from pipelines.published.measures import grid_frame, measure_frame
from pipelines.published.periods import end_of, label_of, level_of, months_of, start_of

__all__ = [
    "COLUMNS",
    "Cube",
    "Published",
    "content_hash",
    "cube_paths",
    "end_of",
    "grid_frame",
    "label_of",
    "level_of",
    "measure_frame",
    "months_of",
    "point_to",
    "read_cube",
    "read_published",
    "start_of",
    "write_cube",
]

"""The exports of every shipped profile are made by what its own fixtures use."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "profiles"))

"""The catalogue: every cue as one file of data, laid out like the model itself."""

from nearer.cues.loader import Catalogue, catalogue
from nearer.cues.schema import Cue

__all__ = ["Catalogue", "Cue", "catalogue"]

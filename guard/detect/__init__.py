"""Detection: what personal or regulated data stand in a text, and where.

Importing this package costs little: Presidio and spaCy are imported when a `Detector` is made.
"""

from guard.detect.catalogue import DetectorCatalogue, DetectorSpec
from guard.detect.engine import Detector, Failure

__all__ = ["Detector", "DetectorCatalogue", "DetectorSpec", "Failure"]

"""The detector that the page shows is one that loads, passes its examples and is found."""

import re
from pathlib import Path

from guard import data
from guard.detect import Detector, DetectorCatalogue
from guard.types import Segment

PAGE = Path(__file__).resolve().parents[2] / "docs" / "detectors.md"


def test_the_example_detector_works(tmp_path):
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "customer_number.yaml").write_text(text, "utf-8")
    catalogue = DetectorCatalogue.load([data.verified("detectors"), tmp_path])
    detector = Detector(catalogue)
    assert [f for f in detector.selftest() if f.detector == "acme/customer_number"] == []
    (found,) = [
        f
        for f in detector.detect([Segment("", "our client AC-777777")]).findings
        if f.detector == "acme/customer_number"
    ]
    assert found.start == 11

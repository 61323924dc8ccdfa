"""One detector for all tests of this directory: it takes seconds to make and holds no state."""

import pytest

from guard.data import root
from guard.detect import Detector, DetectorCatalogue


@pytest.fixture(scope="session")
def catalogue():
    return DetectorCatalogue.load([root("detectors")])


@pytest.fixture(scope="session")
def detector(catalogue):
    return Detector(catalogue)


@pytest.fixture(scope="session")
def patterns_only(catalogue):
    return Detector(catalogue, ner=False)

"""Rules for every test: nothing connects anywhere but to this machine."""

import ipaddress
import os
import socket

import pytest
from hypothesis import HealthCheck, settings

# A BLAS thread for each process: the matrices are small, and there is a worker for every core.
# NumPy reads this once, when it is imported, which is later than here.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# On a shared machine the same examples each time, without a stop-watch; elsewhere new ones.
settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def _loopback(host: object) -> bool:
    if host in {"localhost", "", None, b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def sovereignty(monkeypatch):
    """Every socket that would leave this machine, and every look-up of a name, is an error."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if self.family != socket.AF_UNIX and not _loopback(address[0]):
            raise AssertionError("a test tried to leave this machine")
        return connect(self, address)

    def guarded_look_up(host, *args, **kwargs):
        if not _loopback(host):
            raise AssertionError("a test tried to look up a name")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)

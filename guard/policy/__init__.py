"""The policy decision point: Rego, two engines, one strict answer."""

from guard.policy.bundle import PolicySet
from guard.policy.catalogue import Catalogue, Rule
from guard.policy.engine import RegoEngine
from guard.policy.policy import Policy

__all__ = ["Catalogue", "Policy", "PolicySet", "RegoEngine", "Rule"]

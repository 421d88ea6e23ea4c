"""What counts as proof: which sentences answer a question, and which way.

The seam: the rest of the program knows ``Checker.weigh``, ``Candidate`` and ``Evidence`` and nothing of models or rules.
"""

from .decide import Candidate, Checker, Evidence

__all__ = ["Candidate", "Checker", "Evidence"]

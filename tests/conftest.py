"""How every test is run."""

from __future__ import annotations

from hypothesis import settings

# No test is timed (speed goes into benchmarks/). Fifty examples find what a hundred find, over some days.
settings.register_profile("greenroom", max_examples=50, deadline=None)
settings.load_profile("greenroom")

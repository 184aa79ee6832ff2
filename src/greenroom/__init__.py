"""greenroom: rehearse interviews out loud, debrief right after, keep it all on your own machine."""

__version__ = "0.1.0"

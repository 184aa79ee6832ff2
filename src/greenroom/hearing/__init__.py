"""From the microphone to a finished answer."""

"""A recording in the formats that telephones make."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import soundfile

from recordings import Recorded

CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac", ".ogg": "libopus"}


def converted(recording: Recorded, file: Path, *, rate_hz: int = 48_000) -> Path:
    """The recording in the format of `file`, in stereo, as a telephone might write it."""
    samples, from_hz = soundfile.read(recording.path, dtype="int16")
    with av.open(str(file), "w") as container:
        stream = container.add_stream(CODECS[file.suffix], rate=rate_hz, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        stream.codec_context.open()  # only then does it know the size of its frames
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = from_hz
        frame.time_base, frame.pts = Fraction(1, from_hz), 0
        resampler = av.AudioResampler(stream.format, stream.layout, rate_hz, stream.codec_context.frame_size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file

"""Every phrase about speech models: what is here, what it costs, what would be better.

What is said in plain output is ASCII and whole words, so that it survives any pipe and any screen reader.
"""

from __future__ import annotations

HERE = "On this machine"
OFFERED = "To be had with greenroom models install NAME"
CARRIED = "came along"
FETCHED = "installed by you"
SPEED = "a minute of speech in {time}"
MEMORY = "{megabytes} MB of memory"
NOT_KNOWN = "not tried out yet"
DAMAGED = "cannot be used: {why}"
TOO_SLOW = "too slow to keep up with you"
SIZE = "{megabytes} MB to fetch"
TAKEN = "Rehearsals take {name}, as you asked."
TAKEN_AUTO = "Rehearsals take {name}: auto takes the best that keeps up with you."
NOT_HERE = (
    "You asked for {name}, which is not here: greenroom models install {name}, or greenroom models use auto."
)
NOT_USABLE = "You asked for {name}, and it cannot be used: greenroom models use auto."
NO_SUCH = "You asked for {name}, and there is no such model: greenroom models use auto."
BETTER = "{name} gets more words right than {best}. What it costs here is measured when you install it."
LATER = "{best} is here too and gets more words right: greenroom transcribe writes answers down anew with it."
BEST = "There is nothing better to be had than {name}."
NONE = "There is no speech model here. Install greenroom again: pip install greenroom"

ASKING = "Asking the hub (huggingface.co) for {name}: {megabytes} MB."
MEASURING = "Trying out {name}: it writes down half a minute of recorded speech."
FETCHING = "{name} from the hub"
INSTALLED = "{name} is here, and is what the hub publishes."
COST = "It writes down {speed}, and takes {memory}."
AUTO_TAKES_IT = "Rehearsals take it from now on, as auto takes the best that keeps up."
TAKE_IT = "To take it from now on: greenroom models use {name}"
ALREADY = "{name} is here already."
STOPPED = "Stopped. What has come so far is kept; the same command goes on from there."
USED = "From now on {name}. It stands in {file}."
USED_AUTO = "From now on auto: the best that keeps up with you. It stands in {file}."
SLOW = "It is slow here, so words may come after you have finished. Nothing you say is lost."
SHADOWED = "GREENROOM_MODEL is set to {name}, and comes first for as long as it is."

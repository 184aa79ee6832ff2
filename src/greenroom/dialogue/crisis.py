"""Whether somebody says that they want to harm themselves, and where help is found.

Only words about oneself and dying or harm count: "that question killed me" is how people talk of interviews.
Where it cannot be told for sure the alarm is raised: a kind question too many does less harm than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenroom.dialogue.page import Page


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A telephone line to talk to a person.

    Attributes:
        country: ISO 3166 code, "GB".
        number, hours: as they are said.
        source: the address of the page that gives the number; `seen`: the day it was read, ISO 8601.
    """

    country: str
    who: str
    number: str
    hours: str
    source: str
    seen: str


def read_help(text: str, file: str) -> tuple[HelpLine, ...]:
    """Check a file of helplines. Raises GreenroomError naming file, line and field."""
    keys = ("country", "who", "number", "hours", "source", "seen")
    return tuple(
        HelpLine(**{key: row.text(key) for key in keys}) for row in Page.parse(text, file).tables("lines")
    )


_HARM = r"(?:kill|hurt|harm|hang|shoot|drown|poison|cutt?|stabb?|starv)"
_MEANS = (
    r"(?:want|wanted|wanna|going|gonna|plan|planned|planning|thinking|think|thought|thoughts|feel|felt|feeling"
    r"|like|about|tempted|ready|try|tried|trying|urge|need|might|will|i'll|i'd|should|let me|rather|decided"
    r"|keep|kept|wish i could|afraid i|scared i|could)"
)
_ALARMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_MEANS}\b(?: \S+){{0,3}}? {_HARM}(?:e|ing)? (?:my ?self)\b",
        r"\b(?:kill|killing|harm|harming) myself\b",
        r"\b(?:self[- ]?harm(?:ing|ed)?)\b",
        r"\b(?:end|ending|take|taking|took) my (?:own )?life\b",
        r"\b(?:end|ending) it all\b",
        r"\bend it (?:tonight|today|for good|once and for all)\b",
        r"\b(?:i'm|i am|i feel|i felt|i've been|i have been|feeling|being|getting|been) (?:\w+ )?suicidal\b",
        r"\bsuicidal (?:thoughts|feelings|again)\b",
        r"\b(?:commit|committing|attempt|attempting|attempted|about|of|contemplating"
        r"|contemplated|considering|considered) suicide\b",
        r"\b(?:want|wanted|wanna|wish|ready|rather|going|like) (?:to |i could |i would )?"
        r"(?:just )?(?:die|be dead)\b",
        r"\bi (?:just )?(?:wish|wished) (?:that )?i (?:was|were|had been) (?:dead|never born)\b",
        r"\bbetter off (?:dead|without me|if i (?:was|were) (?:dead|gone|not here))\b",
        r"\b(?:don't|do not|didn't|did not|can't|cannot) (?:want to|wanna) (?:live|be alive|exist|wake up)\b",
        r"\b(?:don't|do not) (?:want to|wanna) be here (?:any ?more|any longer)\b",
        r"\b(?:no|any|see a|have a|a) reason to (?:live|be alive|stay alive|go on living)\b",
        r"\b(?:can't|cannot|don't want to|do not want to) (?:go on|keep) living\b",
        r"\b(?:life|living|it) (?:isn't|is not|is no longer|isn't really) worth (?:living|it to live)\b",
        r"\bnot worth living\b",
        r"\bnothing (?:left )?to live for\b",
        r"\bjump(?:ing)? (?:off|from) (?:a|the) (?:bridge|roof|building)\b",
        r"\bjump(?:ing)? in front of (?:a|the) (?:train|bus|car|tram)\b",
        r"\b(?:take|taking|swallow) (?:all|a lot of|too many|the) (?:my |of my |of the )?(?:pills|tablets)\b",
        r"\bi (?:want|wanted|wish|hope) (?:to )?(?:never|not) (?:to )?wake up\b",
        r"\bnever wake up again\b",
        r"\bcut(?:ting)? (?:myself|my wrists|my arms)(?: again| tonight)\b",
        r"\bcut(?:ting)? my wrists\b",
        r"\boverdos(?:e|ing) (?:on|tonight|again)\b",
        r"\b(?:took|take|taken) an overdose\b",
        r"\bfeel like ending (?:it|everything)\b",
        r"\b(?:about|of) ending (?:it|everything|things)\b",
        r"\bdisappear for ?ever\b",
        r"\b(?:want|wanted|wish) (?:to )?(?:just )?(?:not|stop) (?:to )?(?:exist|existing|living|be alive)\b",
        r"\b(?:might|may) as well be dead\b",
        r"\bi should (?:just )?(?:die|be dead)\b",
        r"\b(?:don't|do not) (?:think|know if|feel like) i (?:really )?want to live\b",
        r"\bwant out of this life\b",
        r"\bif i (?:was|were) dead\b",
        r"\bi cut myself (?:last night|again|sometimes|on purpose)\b",
        r"\b(?:no|the|any) point (?:in|of) (?:living|being alive|going on living)\b",
        r"\b(?:can't|cannot) live (?:like this|any ?more|with (?:this|myself))\b",
        r"\bdone with (?:life|living)\b",
        r"\b(?:been|keep|kept|started|stop|of|about) (?:hurting|cutting|burning|starving) myself\b",
        r"\b(?:nobody|no one)(?: would|'d)? (?:miss me|notice if i (?:died|was gone|were gone|was dead))\b",
        r"\bwish (?:that )?i (?:would not|wouldn't|didn't) wake up\b",
    )
)

_WAYS_OF_TALKING = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:want|wanted|wanna|could have|could|like) (?:to )?(?:just )?(?:died?|kill myself|killed myself)"
        r"(?: right there)? (?:of|from|with|for|over) (?:the |pure |sheer )?(?:embarrassment|shame|boredom"
        r"|laughter|laughing|fright|awkwardness|that|forgetting|saying|not|mixing|calling|being|having)\b"
        r"(?! want)",
        r"\b(?:kill|killing|killed) myself (?:laughing|preparing|working|rehearsing|studying|revising"
        r"|for (?:forgetting|saying|not|mixing|calling|that|being|having)"
        r"|to (?:get|prepare|finish|make|meet|be|learn|catch|reach|impress|please)"
        r"|(?:over|with) (?:the|that|this|preparation|work|homework))\b",
        r"\b(?:shoot|shot|shooting) myself in the foot\b",
        r"\bcut(?:ting)? myself (?:some slack|short|off|out|shaving|on)\b",
        r"\b(?:hang|hanging|hung) myself out to dry\b",
        r"\b(?:career|political|professional|financial|commercial) suicide\b",
        r"\b(?:not|never|isn't|wasn't|no longer) (?:at all |feeling |been )?suicidal\b",
        r"\b(?:not|never|won't|wouldn't|don't|didn't)(?: \w+){0,3} "
        r"(?:kill|hurt|harm|harming|hurting|killing) myself\b",
        r"\b(?:hurt|hurting) myself (?:at|playing|running|skiing|lifting|in the (?:gym|garden|kitchen)"
        r"|on the way|falling|climbing|cycling|by accident)\b",
        r"\bwant(?:ed)? to (?:die|be dead) (?:when|right there|on the spot|laughing|in that chair)\b",
        r"\b(?:want|wanted|ready|going|like) to (?:just )?die (?:of|from|when|for|before|in there)\b",
        r"\b(?:would|i'd|had) (?:much )?rather die than (?!go on|live|wake)",
        r"\bcould (?:have )?(?:just )?die(?:d)? (?:of|from|when|right)\b",
        r"\btake my life (?:in|into|to|back|forward|elsewhere|seriously)\b",
        r"\b(?:want|like) to live (?:in|with|near|by|on|far|abroad|there|here)\b",
        r"\bend it all (?:well|nicely|with|on|by)\b",
        r"\b(?:don't|do not|didn't) want to (?:die|kill myself|hurt myself)\b",
        r"\b(?:about|of) suicide (?:prevention|hotline|helpline|rates|squad|statistics|research)\b",
        r"\bself[- ]?harm (?:prevention|ward|unit|team|policy|research|charity)\b",
        r"\b(?:patients?|clients?|callers?|users?|pupils?|students?)(?: \w+){0,3} suicidal\b",
        r"\b(?:take|took|taking) my (?:own )?life (?:story|in my hands|experience)\b",
    )
)


def says_self_harm(text: str) -> bool:
    """Whether somebody says that they want to die or to harm themselves."""
    said = re.sub(r"\s+", " ", re.sub(r"[^\w' -]+", " ", text.lower().replace("’", "'"))).strip()
    for pattern in _WAYS_OF_TALKING:
        said = pattern.sub(" ", said)
    return any(pattern.search(said) for pattern in _ALARMS)

"""Who wants to harm themselves is heard; who only talks the way people talk of interviews is not alarmed."""

from __future__ import annotations

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.crisis import HelpLine, read_help, says_self_harm
from greenroom.errors import GreenroomError

ALARMS = [
    "I want to kill myself.",
    "I just want to die.",
    "Honestly, I want to end my life.",
    "I've been thinking about killing myself.",
    "I am thinking of ending it all.",
    "I feel suicidal.",
    "I've been suicidal for weeks.",
    "I have suicidal thoughts again.",
    "Sometimes I think about suicide.",
    "I thought about taking my own life.",
    "I wish I was dead.",
    "I wish I were dead.",
    "I wish I had never been born. I wish I was never born.",
    "Everybody would be better off without me.",
    "They'd be better off if I was dead.",
    "I'd be better off dead.",
    "I don't want to live any more.",
    "I do not want to be alive.",
    "I don't want to be here anymore.",
    "I can't go on living like this.",
    "There's no reason to live.",
    "I don't see a reason to go on living.",
    "My life isn't worth living.",
    "I have nothing left to live for.",
    "I want to hurt myself.",
    "I'm going to hurt myself tonight.",
    "I feel like cutting myself.",
    "I started to self-harm again.",
    "I've been harming myself.",
    "I want to cut my wrists.",
    "I could just jump off a bridge.",
    "I feel like jumping in front of a train.",
    "I'm going to take all my pills.",
    "I hope I never wake up again.",
    "I don't want to wake up tomorrow.",
    "I'd rather be dead.",
    "I'm ready to die.",
    "After that, um, I wanted to kill myself, I mean it.",
    "It went badly and I want to kill myself",
    "I tried to hang myself last year and I feel like that again.",
    "I'm scared I might harm myself.",
    "I'm going to end it tonight.",
    "I’m planning to kill myself.",
    "I keep thinking about suicide.",
    "Sometimes I wish I could just die.",
    "I wanted to overdose on something.",
    "I don't think I want to live.",
    "I want out of this life.",
    "Everything would be easier if I was dead.",
    "I cut myself last night.",
    "I've got a plan to end my life.",
    "It makes me want to die.",
    "I don't want to be alive anymore.",
    "I feel like ending it.",
    "I want it to be over, I want to be dead.",
    "I've thought of suicide.",
    "I can't do this any more, I want to disappear forever.",
    "Honestly I just want to not exist.",
    "I'm going to kill myself.",
    "I might as well be dead.",
    "I keep cutting myself.",
    "Maybe I should just die.",
    "There is no point in living.",
    "I can't live like this anymore.",
    "I'm done with life.",
    "I don't see the point of living anymore.",
    "I feel like I should be dead.",
    "I have been hurting myself.",
    "I took an overdose last week.",
    "I will kill myself if I don't get this.",
    "I want to take my life.",
    "I'm thinking about ending everything.",
    "I thought I'd rather die than go on.",
    "I wanna die.",
    "I'm having thoughts of harming myself.",
    "Nobody would miss me if I was gone.",
    "No one would notice if I died.",
    "I wish I would not wake up tomorrow.",
    "I considered suicide.",
]

NO_ALARMS = [
    "That question killed me.",
    "I could have died of embarrassment.",
    "I was dying inside.",
    "I nearly died when they asked that.",
    "I wanted to die of shame.",
    "I could have killed myself for forgetting that.",
    "I could kill myself for saying that.",
    "I nearly killed myself laughing.",
    "I've been killing myself to get this job.",
    "I killed myself preparing for it.",
    "I killed it.",
    "They killed me with that one.",
    "There was a dead silence.",
    "It was dead boring.",
    "My phone died in the middle.",
    "I wanted to die when they laughed.",
    "I wanted to die right there in that chair.",
    "I shot myself in the foot with that answer.",
    "I want to shoot myself in the foot less often.",
    "I hung myself out to dry.",
    "I should cut myself some slack.",
    "I cut myself short.",
    "I cut myself shaving this morning.",
    "I was kicking myself.",
    "I beat myself up about it.",
    "I hate myself for that answer.",
    "It felt like career suicide.",
    "They asked about my work on suicide prevention.",
    "I talked about the suicide hotline I volunteer for.",
    "I told them about a patient who was suicidal.",
    "We had a self-harm policy at the school, and I wrote it.",
    "I hurt myself playing football, so I came late.",
    "I don't want to kill myself over a job, I just want it.",
    "I would never hurt myself.",
    "I'm not suicidal, just sad.",
    "The deadline was tomorrow.",
    "I'd die for that job.",
    "I was dying to tell them about my project.",
    "The traffic was murder.",
    "I blew it. I was a dead man walking.",
    "I did not want to be there any more.",
    "I wanted to end it after ten minutes, the interview.",
    "They took my life story apart.",
    "I wanted the ground to swallow me.",
    "My hopes died there.",
    "I jumped at the chance.",
    "I live for moments like that.",
    "It was a suicide mission to present without slides.",
    "I would rather die than work there.",
    "I'd rather die than present again.",
    "I'm dead tired.",
    "I was ready to die of embarrassment.",
    "It was like shooting myself in the foot.",
    "I had to kill my darlings.",
    "I could have just died.",
    "I thought I was going to die when the projector failed.",
    "I was going to die of boredom.",
    "I nearly wanted to jump out of the window.",
    "The silence was deadly.",
    "I tried to hang in there myself.",
    "I wanted to cut my answer short.",
    "I thought about cutting my losses.",
    "I felt like I was drowning.",
    "I was drowning in details.",
    "I hurt my back.",
    "I think I shot myself down.",
    "I pushed myself too hard.",
    "I wanted to disappear.",
    "I wanted to sink into the ground.",
    "I wanted to kill him.",
    "That interview was killing me.",
    "I think I talked myself out of it.",
    "My heart stopped.",
    "I feel like death warmed up.",
    "It ended my life as a manager.",
    "I want to take my life in a new direction.",
    "I don't want to live in London.",
    "I don't want to be here for another hour.",
    "I should try to hang up my coat myself.",
    "It would kill me to do that again.",
    "The drive nearly killed me.",
    "I wanted to end it all well with a good question.",
    "I could die laughing.",
    "I could die for a coffee.",
    "I almost died of thirst.",
    "I felt dead inside.",
    "He asked why I want to live here.",
    "I was thinking of cutting that part myself.",
    "",
    "Yes.",
]


@pytest.mark.parametrize("text", ALARMS)
def test_who_wants_to_die_or_to_harm_themselves_is_heard(text: str) -> None:
    assert says_self_harm(text)


@pytest.mark.parametrize("text", NO_ALARMS)
def test_a_way_of_talking_is_no_alarm(text: str) -> None:
    assert not says_self_harm(text)


def test_there_are_at_least_forty_sentences_each_way() -> None:
    assert (len(set(ALARMS)) >= 40, len(set(NO_ALARMS)) >= 40) == (True, True)


def test_a_way_of_talking_does_not_hide_what_is_meant_beside_it() -> None:
    assert says_self_harm("That question killed me. I want to kill myself.")


def test_every_shipped_number_names_its_source_and_the_day_it_was_seen() -> None:
    lines = read_help((PROMPTS / "help.toml").read_text("utf-8"), "help.toml")
    assert {line.country for line in lines} == {"US", "CA", "GB", "AU", "NZ"}
    for line in lines:
        assert line.source.startswith("https://")
        assert line.seen == "2026-11-22"


def test_a_helpline_without_its_source_is_refused() -> None:
    text = '[[lines]]\ncountry = "GB"\nwho = "W"\nnumber = "1"\nhours = "h"\nseen = "2026-01-01"\n'
    with pytest.raises(GreenroomError, match=r"mine.toml, line 1: “source” must be a text"):
        read_help(text, "mine.toml")
    assert read_help(f'{text}source = "https://a"\n', "mine.toml") == (
        HelpLine("GB", "W", "1", "h", "https://a", "2026-01-01"),
    )

"""What is said to the program itself, and what is only said: as a speech recogniser writes it down."""

from __future__ import annotations

import pytest

from dialogue.shipped import phrases
from greenroom.dialogue.expected import hotwords
from greenroom.dialogue.packs import COMMANDS
from greenroom.dialogue.phrases import command_of, leaves_open, normalised

GIVEN = [
    ("Repeat the question.", "repeat"),
    ("Could you repeat the question?", "repeat"),
    ("Um, could you, uh, repeat the question, please?", "repeat"),
    ("Sorry, can you repeat that?", "repeat"),
    ("Say that again.", "repeat"),
    ("Can you say that again, please?", "repeat"),
    ("Excuse me, what was the question?", "repeat"),
    ("What was the question again?", "repeat"),
    ("Would you mind repeating the question?", "repeat"),
    ("I beg your pardon?", "repeat"),
    ("Please repeat the question, if you don't mind.", "repeat"),
    ("Ask me that again.", "repeat"),
    ("Skip this one.", "skip"),
    ("Can we skip this one?", "skip"),
    ("Okay, let’s skip this one.", "skip"),
    ("Skip.", "skip"),
    ("I'd like to skip this question, please.", "skip"),
    ("Next question.", "skip"),
    ("Next question, please.", "skip"),
    ("Next one, please.", "skip"),
    ("Hmm, I'll pass on this one.", "skip"),
    ("Can we move on to the next question?", "skip"),
    ("Give me another question.", "skip"),
    ("That's my answer.", "done"),
    ("That is my answer.", "done"),
    ("So, that's my answer.", "done"),
    ("That's my answer, thank you.", "done"),
    ("THAT’S MY ANSWER", "done"),
    ("thats my answer", "done"),
    ("I'm done with my answer.", "done"),
    ("Okay, that's the end of my answer.", "done"),
    ("That concludes my answer.", "done"),
    ("End of answer.", "done"),
    ("Let me start again.", "again"),
    ("Let me start over.", "again"),
    ("No, wait, let me start again.", "again"),
    ("Sorry, let me start over.", "again"),
    ("Actually, let me try that again.", "again"),
    ("Uh, can I start again?", "again"),
    ("Could I start over, please?", "again"),
    ("Let me start from the beginning.", "again"),
    ("I'd like to start again.", "again"),
    ("I'll start again.", "again"),
    ("New take.", "again"),
    ("Pause.", "pause"),
    ("Pause, please.", "pause"),
    ("Please pause.", "pause"),
    ("Let's pause for a moment.", "pause"),
    ("Can we take a break?", "pause"),
    ("Pause the interview.", "pause"),
    ("Can you pause for a moment, please?", "pause"),
    ("Hang on, pause.", "pause"),
    ("Pause, pause!", "pause"),
    ("Continue.", "continue"),
    ("Continue, please.", "continue"),
    ("Let's continue.", "continue"),
    ("Okay, let's continue.", "continue"),
    ("All right, I'm back.", "continue"),
    ("Yes, we can continue.", "continue"),
    ("Let's go on.", "continue"),
    ("Resume.", "continue"),
    ("I'm ready to continue.", "continue"),
    ("Stop the interview.", "stop"),
    ("Please stop the interview now.", "stop"),
    ("Let's stop the interview.", "stop"),
    ("Let's stop here.", "stop"),
    ("Stop here, please.", "stop"),
    ("End the interview.", "stop"),
    ("I'd like to stop here, thanks.", "stop"),
    ("Could we stop the interview, please?", "stop"),
    ("That's enough for today.", "stop"),
    ("Thank you, let's call it a day.", "stop"),
]

NOT_GIVEN = [
    "We decided to skip this one.",
    "So we decided to skip this one.",
    "Skip this one and you regret it.",
    "They told me to skip this question.",
    "I asked them to repeat the question.",
    "He said, could you repeat the question.",
    "Repeat the question until you understand it.",
    "Say that again and I leave, he said.",
    "And that's my answer to why we failed last year.",
    "That's my answer to the customers as well, honesty.",
    "That's the answer they wanted.",
    "My answer is that I listen.",
    "Let me start with the budget.",
    "Let me start again with the budget.",
    "We had to start over.",
    "Start over.",
    "Start again.",
    "I started again from the beginning.",
    "And then we tried again.",
    "I'll try again.",
    "I want to start over.",
    "We had to pause the project.",
    "A pause.",
    "Then a long pause.",
    "Pause and breathe.",
    "Take a break.",
    "I need a break.",
    "Continue to learn.",
    "We continue.",
    "They asked us to continue.",
    "Go on.",
    "Keep going.",
    "Ready.",
    "I'm ready.",
    "We had to stop the interview.",
    "Stop.",
    "He told me to stop.",
    "I wanted to stop there.",
    "We stopped the line.",
    "I want to stop.",
    "Let's move on.",
    "Next.",
    "Done.",
    "I'm done.",
    "No.",
    "Yes.",
    "Yes, please.",
    "No, thank you.",
    "Thank you.",
    "Thanks a lot.",
    "Please.",
    "Sorry.",
    "Wait.",
    "Hold on.",
    "Actually, no.",
    "That's all.",
    "That's all, thank you.",
    "That's it.",
    "That's everything.",
    "Nothing else.",
    "I don't know.",
    "I'm not sure about the question.",
    "The question about money.",
    "They asked me another question.",
    "The next one.",
    "Again.",
    "Once more.",
    "One more time.",
    "Um.",
    "Um, okay, so.",
    "...",
    "",
]

OPEN = [
    "We had a plan, and",
    "We had a plan. And.",
    "I left because",
    "I left, because...",
    "So, um,",
    "so, um",
    "We had no money, so.",
    "It was late, but",
    "It was late, but, uh,",
    "There were two of us, which",
    "I went to the",
    "I went to",
    "She told me to.",
    "I wrote a",
    "It belongs to my",
    "We talked about, you know,",
    "For example.",
    "There were three people, for instance",
    "I had to make sure that the",
    "The point is that",
    "It was the first time and we",
    "So I",
    "And then",
    "We waited, and then...",
    "It depends on whether",
    "I would do it if",
    "I knew somebody who",
    "It was better than",
    "I worked for",
    "I worked with",
    "They came from the",
    "It was a lot of",
    "We did it in",
    "It was very",
    "I mean,",
    "What I did was, um",
    "Um.",
    "Uh...",
    "Hmm",
    "I was thinking—",
    "He said, let me see",
    "I'm",
    "We'd",
    "Well, they're",
    "I looked at it, although",
    "We could not ship, even though",
    "Nobody knew, until",
    "I do not know, or",
    "It is, such as,",
    "The team said that",
    "I realised that",
    "Our manager, whose",
    "It took a week, during",
    "Without",
    "I was proud because of the",
    "We met at",
    "It was finished by",
    "He gave it to my",
    "I just",
    "And also",
    "AND",
]

CLOSED = [
    "We had a plan and it worked.",
    "I left.",
    "Yes.",
    "Yes, I was.",
    "No, not really.",
    "No, I wasn't.",
    "I think so.",
    "I hope so.",
    "I guess so.",
    "Three weeks or so.",
    "Because I said so.",
    "Even so.",
    "Sort of.",
    "Kind of.",
    "That's all.",
    "That's it.",
    "That's my answer.",
    "Thank you.",
    "That is what I was thinking of.",
    "It is something I'm proud of.",
    "I was nervous when I walked in.",
    "That is what I'm good at.",
    "It was what I had hoped for.",
    "I was happy with.",
    "It was fine.",
    "It went well.",
    "More or less.",
    "It was hard, mostly, not the end though.",
    "That's how it was.",
    "That's who I am.",
    "So it goes.",
    "I learned to ask.",
    "We shipped it in May.",
    "It took two weeks.",
    "We laughed about it.",
    "I would do it again.",
    "My weakness is that I say yes too quickly.",
    "I was calm.",
    "The first one.",
    "The last.",
    "Number two.",
    "I don't know why.",
    "I never found out why.",
    "He went home then.",
    "We did it this way back then.",
    "I asked which one they meant.",
    "We moved on.",
    "I gave up.",
    "She helped me out.",
    "It is what I want to do next.",
    "They said no.",
    "I like it.",
    "I told her.",
    "I told them about it.",
    "Nobody asked.",
    "Was it really for the?",
    "I stopped!",
    "Happy to.",
    "yes,",
    "that's all,",
    "no, not really,",
    "I love working with people.",
    "Money.",
    "",
    "  ",
]


@pytest.mark.parametrize(("text", "command"), GIVEN)
def test_a_command_is_understood_as_a_whole_utterance(text: str, command: str) -> None:
    assert command_of(text, phrases()) == command


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_the_words_of_a_command_inside_anything_else_are_none(text: str) -> None:
    assert command_of(text, phrases()) is None


@pytest.mark.parametrize("text", OPEN)
def test_last_words_that_leave_a_sentence_open(text: str) -> None:
    assert leaves_open(text, phrases())


@pytest.mark.parametrize("text", CLOSED)
def test_last_words_that_end_a_sentence(text: str) -> None:
    assert not leaves_open(text, phrases())


def test_every_phrase_of_the_book_gives_its_own_command_with_and_without_courtesy() -> None:
    book = phrases()
    for command in COMMANDS:
        for phrase in book.commands[command]:
            assert command_of(phrase, book) == command, phrase
            assert command_of(f"Um, sorry, {phrase}, thank you.", book) == command, phrase


def test_a_reply_is_never_a_command() -> None:
    book = phrases()
    for reply in (*book.yes, *book.no, *book.thats_all, *book.nothing, *book.ordinals, *book.courtesy):
        assert command_of(reply, book) is None, reply


def test_replies_leave_nothing_open() -> None:
    book = phrases()
    replies = (*book.yes, *book.no, *book.thats_all, *book.nothing, *book.ordinals)
    assert [reply for reply in replies if leaves_open(reply, book)] == []
    commands = [phrase for command in COMMANDS for phrase in book.commands[command]]
    assert [phrase for phrase in commands if leaves_open(phrase, book)] == []


def test_the_words_to_expect_are_the_most_usual_of_each_meaning_and_not_too_many() -> None:
    """223 tokens is what faster-whisper takes; a word is about one and a third."""
    line = hotwords(phrases())
    assert line.startswith("repeat the question, could you repeat the question, ")
    for phrase in ("skip this one", "that's my answer", "let me start again", "pause", "continue", "yes"):
        assert phrase in line.split(", ")
    assert len(line.split()) <= 150


def test_a_long_text_is_looked_at_quickly_and_is_no_command() -> None:
    assert command_of("please " * 5_000 + "no", phrases()) is None
    assert normalised("please " * 3) == "please please please"

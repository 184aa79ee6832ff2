"""Runs one session from its options: opens what it needs, performs the script, closes all of it again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from greenroom.archive import Archive
from greenroom.cli import data, wiring
from greenroom.cli.coaching import coach_of
from greenroom.devices import quiet_libraries
from greenroom.dialogue.acts import Act, Ask, Expects, Script
from greenroom.dialogue.expected import command_in, hotwords, is_expected, is_whole, strictly
from greenroom.dialogue.log import Replayed, plan_entry, plan_of, replay, script_of
from greenroom.dialogue.packs import PhraseBook, SpokenCommand
from greenroom.dialogue.phrases import leaves_open
from greenroom.dialogue.plan import Plan
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import Patience
from greenroom.hearing.listener import Listener
from greenroom.hearing.patience import learned
from greenroom.hearing.quick_words import QuickThread
from greenroom.hearing.source import Source
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.hearing.utterance import Hints, Verdict
from greenroom.hearing.vad import SileroVad
from greenroom.speaking.player import Player
from greenroom.speaking.speaker import Speaker
from greenroom.stage import words
from greenroom.stage.captions import Captions
from greenroom.stage.coach import Coach
from greenroom.stage.crew import Crew
from greenroom.stage.keys import Keys
from greenroom.stage.memo import memo_left_over, sitting, told_before
from greenroom.stage.performer import Performer
from greenroom.stage.screen import LiveScreen, PlainScreen, Screen
from greenroom.stage.spoken import SpokenTurns
from greenroom.stage.takingback import take_out_left_behind
from greenroom.stage.trace import FileTrace, Trace, no_trace
from greenroom.stage.typed import TypedTurns
from greenroom.stage.voicing import BREATH_S, Voicing
from greenroom.types import Pcm, SessionKind

INTERRUPTED = 130
"""Exit code after Ctrl-C, with everything said so far kept."""


@dataclass(frozen=True, slots=True)
class Options:
    """What practice and debrief have in common. `throwaway`: the home is gone afterwards."""

    home: Path
    began_s: float
    mics: tuple[str, ...] = ()
    mic_pace: str = "fast"
    speaker: str | None = None
    voice: str = "auto"
    model: str = "auto"
    patience_s: float | None = None
    company: str | None = None
    role: str | None = None
    text: bool = False
    plain: bool = False
    discreet: bool = False
    trace: Path | None = None
    throwaway: bool = False


@dataclass(slots=True)
class Ran:
    """How a session went: its id and the exit code of the command."""

    session_id: int
    exit_code: int


def run(options: Options, plan: Plan, kind: SessionKind, *, pack: str | None = None) -> Ran:
    """Hold a new session."""
    return _run(options, lambda archive: _begin(archive, options, plan, kind, pack))


def go_on(options: Options, session_id: int) -> Ran:
    """Go on with a session where its log ends."""
    return _run(options, lambda archive: _take_up(archive, session_id))


def look_again(options: Options, plan: Plan, session_id: int) -> Ran:
    """Hold a second sitting, with a plan of its own, in a session that is there; one that is not over goes
    on instead."""
    return _run(options, lambda archive: _begin_again(archive, plan, session_id))


def _run(options: Options, placed: Callable[[Archive], _Place]) -> Ran:
    screen = _screen(options.plain)
    with ExitStack() as stack:
        stack.enter_context(quiet_libraries())
        # What the person can mend is refused before anything is stored.
        load_model = None if options.text else wiring.model_loader(options.model, options.home)
        speaker, player = _open_speaker(stack, options, screen)
        source = None if options.text else wiring.open_source(options.mics, options.mic_pace, player)
        if source is not None:
            stack.callback(source.close)
        trace = _trace(options)
        keys = stack.enter_context(Keys(listen=not options.text))
        archive = stack.enter_context(
            wiring.open_archive(home=options.home, model=options.model, note=screen.note)
        )
        place = placed(archive)
        if place.note is not None:
            screen.note(place.note)
        with _kept(archive, place.session_id, screen, trace, tell=not options.throwaway) as end:
            setting = place.plan.setting
            voicing = Voicing(
                speaker,
                keys,
                _upcoming(place.plan),
                screen.note,
                setting.manner.breath_s if setting else BREATH_S,
            )
            coach = coach_of(place.plan, options.home)
            spoken: SpokenTurns | None = None
            if source is None or load_model is None:
                screen.note(words.STRICTLY_TYPED_HELP if setting and setting.strict else words.TYPED_HELP)
            else:
                ear = _open_ear(stack, options, place.plan, archive, source, load_model)
                spoken = SpokenTurns(
                    Crew(
                        archive=archive,
                        session_id=place.session_id,
                        listener=ear.listener,
                        transcriber=ear.transcriber,
                        captions=ear.captions,
                        voicing=voicing,
                        screen=screen,
                        keys=keys,
                        trace=trace,
                        says=place.plan.words,
                        hints=ear.hints,
                        too_loud=lambda: bool(source.coupling and source.coupling.too_much_left),
                        coach=coach,
                        discreet=options.discreet,
                    )
                )
                spoken.begin()
            trace("ready")
            performer = Performer(
                archive,
                place.session_id,
                spoken or _typed(archive, voicing, keys, trace, screen, place.plan.phrases, coach),
                voicing,
                screen,
                lambda: _replayed(place.plan, archive.log(place.session_id)),
                discreet=options.discreet,
            )
            try:
                with voicing.watched_by(spoken.watch) if spoken else nullcontext():
                    end.stopped = performer.perform(place.script, place.act) == "stopped"
            except BaseException:
                if spoken is not None:
                    with suppress(GreenroomError, KeyboardInterrupt):
                        spoken.leave()
                raise
            if spoken is not None:
                with suppress(KeyboardInterrupt):
                    spoken.finish()
    return Ran(place.session_id, end.exit_code)


@dataclass(frozen=True, slots=True)
class _Place:
    """A stored session, and where its script stands; `note`: what is said of that, if anything."""

    session_id: int
    plan: Plan
    script: Script
    act: Act | None
    note: str | None = None


def _begin(archive: Archive, options: Options, plan: Plan, kind: SessionKind, pack: str | None) -> _Place:
    session_id = archive.start_session(kind, pack=pack, company=options.company, role=options.role)
    return _begun(archive, plan, session_id)


def _begin_again(archive: Archive, plan: Plan, session_id: int) -> _Place:
    if archive.session(session_id).status == "interrupted":
        # Behind a new plan nobody could ever go on with it.
        place = _take_up(archive, session_id)
        if place.act is not None:
            return replace(place, note=f"{words.NOT_OVER.format(session=session_id)} {place.note}")
    else:
        archive.reopen_session(session_id)
    return _begun(archive, plan, session_id)


def _begun(archive: Archive, plan: Plan, session_id: int) -> _Place:
    archive.append_log(session_id, plan_entry(plan))
    script = script_of(plan)
    return _Place(session_id, plan, script, next(script))


def _take_up(archive: Archive, session_id: int) -> _Place:
    """Raises GreenroomError when its log does not tell how to go on."""
    log = archive.log(session_id)
    try:
        plan = plan_of(sitting(log)[0], data.interview_words(), data.phrase_book())
        _replayed(plan, log)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        # A log may come from another program, by way of an export.
        reason = error if type(error) is ValueError else "its log cannot be followed"
        raise GreenroomError(
            f"Session {session_id} cannot be taken up again: {reason}.",
            "What was said is kept; start a new one with `greenroom debrief`.",
        ) from error
    archive.reopen_session(session_id)
    left_over = memo_left_over(log, archive.session(session_id).turns)
    if left_over is not None:
        archive.append_log(session_id, left_over)
        log = archive.log(session_id)
    place = _replayed(plan, log)
    note = words.TAKEN_UP if place.fits else words.TAKEN_UP_NEARBY
    return _Place(session_id, plan, place.script, place.act, note)


def _replayed(plan: Plan, log: Sequence[Mapping[str, Any]]) -> Replayed:
    """Where the latest sitting stands in a session's log."""
    entries, memo = sitting(log)
    return replay(told_before(script_of(plan), memo), entries)


@dataclass(slots=True)
class _End:
    """How a session ended; `stopped`: by the person, before its script did."""

    stopped: bool = False
    exit_code: int = 0


@contextmanager
def _kept(archive: Archive, session_id: int, screen: Screen, trace: Trace, *, tell: bool) -> Iterator[_End]:
    """Whatever happens inside, the session is ended in the archive and the person is told, unless it is
    thrown away."""
    end = _End()
    try:
        yield end
    except KeyboardInterrupt:
        end.stopped, end.exit_code = True, INTERRUPTED
    except BaseException:
        screen.listening(None)
        trace("error")
        with suppress(GreenroomError):  # the database itself may have failed: the next start finds it
            take_out_left_behind(archive, session_id)
            archive.end_session(session_id, "interrupted")
        raise
    screen.listening(None)
    take_out_left_behind(archive, session_id)
    archive.end_session(session_id, "interrupted" if end.stopped else "finished")
    trace("session_stored")
    if tell:
        screen.note((words.STOPPED if end.stopped else words.FINISHED).format(session=session_id))


def _open_speaker(
    stack: ExitStack, options: Options, screen: Screen
) -> tuple[Speaker, Player] | tuple[None, None]:
    opened = wiring.open_speaker(options.speaker, options.voice, options.home, screen.note)
    if opened is None:
        return None, None
    speaker, player = opened
    stack.callback(player.close)
    stack.callback(speaker.close)
    return speaker, player


@dataclass(frozen=True, slots=True)
class _Ear:
    listener: Listener
    transcriber: TranscriptionThread
    captions: Captions
    hints: Callable[[Ask], Hints | None]


def _open_ear(
    stack: ExitStack,
    options: Options,
    plan: Plan,
    archive: Archive,
    source: Source,
    load_model: Callable[[], Recogniser],
) -> _Ear:
    transcriber = TranscriptionThread(load_model)
    stack.callback(transcriber.close)
    hints: Callable[[Ask | None], Hints | None] = _no_hints
    if not options.throwaway:  # in recorded answers there is nothing to obey
        quick = QuickThread(wiring.quick_loader(options.home))
        stack.callback(quick.close)
        hints = partial(_hints, plan.phrases, quick, source.real_time)
    captions = Captions(transcriber.submit)
    listener = Listener(
        source,
        SileroVad(),
        captions.submit,
        transcriber.rule,
        _patience(options, archive),
        hints(None),
    )
    stack.callback(listener.close)
    return _Ear(listener, transcriber, captions, hints)


def _patience(options: Options, archive: Archive) -> Patience:
    if options.patience_s is not None:
        return Patience(patience_s=options.patience_s, fixed=True)
    return Patience(patience_s=learned(archive.pause_history()).patience_s)


def _typed(
    archive: Archive,
    voicing: Voicing,
    keys: Keys,
    trace: Trace,
    screen: Screen,
    book: PhraseBook,
    coach: Coach | None,
) -> TypedTurns:
    def command(text: str, expects: Expects | None) -> SpokenCommand | None:
        return command_in(text, expects, book)

    return TypedTurns(archive, voicing, keys, trace, command, screen.ask, coach=coach)


def _no_hints(ask: Ask | None) -> None:
    return None


def _hints(book: PhraseBook, quick: QuickThread, real_time: bool, ask: Ask | None) -> Hints:
    """How answers to a prompt are made out; without one, what is said in between."""
    expects = ask.expects if ask else None
    if ask is not None and ask.strict:
        book = strictly(book)
    phrases = hotwords(book, expects)

    def make_out(pcm: Pcm, whole: bool) -> Future[str]:
        words: Future[str] = Future()
        if real_time:
            words = quick.submit(pcm, hotwords=phrases if whole else None)
        elif whole:  # a file runs ahead of any decoder: its clock stands still meanwhile
            wait([words := quick.submit(pcm, hotwords=phrases)])
        else:  # nobody's patience depends on it
            words.set_result("")
        return words

    def judge(text: str, whole: bool) -> Verdict:
        if not whole:
            return Verdict(open_ended=leaves_open(text, book))
        is_all = is_whole(text, expects, book)
        return Verdict(
            command_in(text, expects, book),
            open_ended=leaves_open(text, book) and not is_all,
            whole=is_all,
            known=is_expected(text, expects, book),
        )

    return Hints(make_out, judge, only_paused=frozenset({"continue"}))


def _upcoming(plan: Plan) -> list[str]:
    """The fixed sentences of a session in order, so that each is rendered before its time."""
    sentences: list[str | None] = [question.text for question in plan.questions]
    debrief = plan.debrief
    if debrief is not None:
        sentences += [plan.words.to_debrief if plan.questions else None, debrief.opening]
        for step in debrief.steps:
            sentences += [step.ask, step.ask_again, step.then.ask if step.then else None, step.nothing]
            sentences += step.texts.values()
        sentences.append(debrief.closing)
    # What has a name in braces is not fixed: it is filled in first.
    return [text for text in (*sentences, plan.words.goodbye) if text and "{" not in text]


def _trace(options: Options) -> Trace:
    return FileTrace(options.trace, options.began_s) if options.trace else no_trace


def _screen(plain: bool) -> Screen:
    from greenroom.review.look import look

    if look(plain).plain:
        return PlainScreen()
    from rich.console import Console

    return LiveScreen(Console(file=sys.stdout, highlight=False, markup=False, emoji=False))

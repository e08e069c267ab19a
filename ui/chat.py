"""The tab *Hỏi đáp*: a conversation whose answers stream in and open their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import gradio as gr

from index.types import Filters
from qa.types import Answer, Turn
from ui import strings
from ui.backend import Answering
from ui.chat_view import Exchange, conversation, pending
from ui.fields import make_filters
from ui.guard import sentence
from ui.parts import QUIET, own_html

MAX_TURNS = 6  # earlier exchanges handed to the chain; older ones do not change what "việc đó" means
_FOLLOW = "watch('value', () => hoidap.follow(element));"


class Shown(NamedTuple):
    """One state of the tab, in the order of its outputs."""

    done: Any
    live: str
    exchanges: list[Exchange]
    box: Any
    send: Any
    stop: Any


def answer_steps(
    answering: Answering, text: str, exchanges: Sequence[Exchange], filters: Filters, *, restore: bool = True
) -> Iterator[tuple[str, Exchange]]:
    """(text so far, the exchange as it stands), first and last included; an error becomes the exchange's sentence.

    Until it is finished the exchange says that it was stopped, so that a cancelled one reads right.
    """
    unfinished = Exchange(text, error=strings.STOPPED, literal=not restore)
    yield "", unfinished
    so_far = ""
    try:
        for piece in answering.stream(text, turns_of(exchanges), filters, restore=restore):
            if isinstance(piece, Answer):
                yield "", Exchange(text, piece, literal=not restore)
                return
            so_far += piece
            yield so_far, unfinished
    except Exception as error:
        yield "", Exchange(text, error=sentence(error), literal=not restore)


def turns_of(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The answered exchanges as turns for the chain, the last MAX_TURNS of them."""
    return [Turn(e.question, e.answer.text) for e in exchanges if e.answer][-MAX_TURNS:]


def build_chat(answering: Answering) -> gr.HTML:
    """Lays the tab out inside the current Gradio context; gives the component whose `open_article` event opens sources."""
    exchanges = gr.State([])
    done = own_html(conversation([]), "conversation", _FOLLOW, ("open_article", "ask", "ask_literally"))
    live = own_html("", "live", _FOLLOW + " element.setAttribute('aria-live', 'polite');")
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="composer-row"):
            box = gr.Textbox(
                label=strings.QUESTION_LABEL,
                placeholder=strings.QUESTION_PLACEHOLDER,
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                max_length=4000,
                autofocus=True,
                scale=1,
                elem_id="question-box",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", autocorrect="off", spellcheck=False),
            )
            send = gr.Button(strings.SEND, variant="primary", elem_id="send", scale=0, min_width=88)
            stop = gr.Button(strings.STOP, variant="secondary", elem_id="stop", scale=0, min_width=88, visible=False)
        with gr.Row(elem_id="composer-tools"):
            with gr.Accordion(strings.PERIOD, open=False, elem_id="chat-period"), gr.Row():
                date_from = gr.Textbox(label=strings.DATE_FROM, placeholder=strings.DATE_PLACEHOLDER, max_lines=1, elem_id="chat-from")
                date_to = gr.Textbox(label=strings.DATE_TO, placeholder=strings.DATE_PLACEHOLDER, max_lines=1, elem_id="chat-to")
            new = gr.Button(strings.NEW_CHAT, size="sm", elem_id="new-chat", scale=0, min_width=150)

    def run(text: str, earlier: list[Exchange], first: str, last: str, restore: bool = True) -> Iterator[Shown]:
        if not text.strip():
            yield _shown(conversation(earlier), "", earlier)
            return
        try:
            filters = make_filters(first, last)
        except Exception as error:
            after = [*earlier, Exchange(text, error=sentence(error))]
            yield _shown(conversation(after), "", after)._replace(box=text)
            return
        for so_far, exchange in answer_steps(answering, text, earlier, filters, restore=restore):
            after = [*earlier, exchange]
            if exchange.answer or exchange.error != strings.STOPPED:
                yield _shown(conversation(after), "", after)
            else:
                first_step = conversation(earlier) if earlier else ""
                yield _shown(first_step if not so_far else gr.skip(), pending(text, so_far), after, running=True)

    def example(earlier: list[Exchange], first: str, last: str, event: gr.EventData) -> Iterator[Shown]:
        yield from run(str(event.question), earlier, first, last)

    def literally(earlier: list[Exchange], first: str, last: str, event: gr.EventData) -> Iterator[Shown]:
        position = int(event.number) - 1
        if 0 <= position < len(earlier):
            yield from run(earlier[position].question, earlier, first, last, restore=False)

    def stopped(earlier: list[Exchange]) -> Shown:
        return _shown(conversation(earlier), "", earlier)

    outputs = [done, live, exchanges, box, send, stop]
    running = [
        gr.on([send.click, box.submit], run, [box, exchanges, date_from, date_to], outputs, **QUIET),
        done.ask(example, [exchanges, date_from, date_to], outputs, **QUIET),
        done.ask_literally(literally, [exchanges, date_from, date_to], outputs, **QUIET),
    ]
    stop.click(stopped, exchanges, outputs, cancels=running, **QUIET)
    new.click(lambda: _shown(conversation([]), "", []), None, outputs, cancels=running, **QUIET)
    return done


def _shown(done: Any, live: str, exchanges: list[Exchange], *, running: bool = False) -> Shown:
    box = "" if running else gr.skip()
    return Shown(done, live, exchanges, box, gr.Button(visible=not running), gr.Button(visible=running))

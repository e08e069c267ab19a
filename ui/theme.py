"""Gradio's theme variables set to the product's colours and to fonts every office machine has."""

from __future__ import annotations

import gradio as gr

FONTS = ("Segoe UI", "Noto Sans", "Helvetica Neue", "Arial", "Liberation Sans", "sans-serif")
_RED = gr.themes.Color(
    name="deep-red",
    c50="#fdf3f2",
    c100="#fae3e1",
    c200="#f3c3bf",
    c300="#e89a94",
    c400="#d4645c",
    c500="#b3261e",
    c600="#9f1d1d",
    c700="#861919",
    c800="#6b1616",
    c900="#521313",
    c950="#330b0b",
)


def make_theme() -> gr.themes.Base:
    """The colours are the custom properties of style.css, so that light and dark are told in one place."""
    theme = gr.themes.Base(
        primary_hue=_RED, secondary_hue=_RED, neutral_hue="stone", font=FONTS, font_mono=("Consolas", "Liberation Mono", "monospace")
    )
    same = {
        "body_background_fill": "var(--page)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--quiet)",
        "background_fill_primary": "var(--surface)",
        "background_fill_secondary": "var(--page)",
        "border_color_primary": "var(--line)",
        "block_background_fill": "var(--surface)",
        "block_border_color": "var(--line)",
        "block_label_text_color": "var(--quiet)",
        "block_title_text_color": "var(--quiet)",
        "block_info_text_color": "var(--quiet)",
        "input_background_fill": "var(--field)",
        "input_border_color": "var(--line)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--quiet)",
        "button_primary_background_fill": "var(--accent-fill)",
        "button_primary_background_fill_hover": "var(--accent-fill-strong)",
        "button_primary_border_color": "var(--accent-fill)",
        "button_primary_text_color": "#ffffff",
        "button_secondary_background_fill": "var(--surface)",
        "button_secondary_background_fill_hover": "var(--soft)",
        "button_secondary_border_color": "var(--line)",
        "button_secondary_text_color": "var(--ink)",
    }
    return theme.set(**same, **{f"{name}_dark": value for name, value in same.items()})

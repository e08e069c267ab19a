"""One place where an exception becomes a sentence: ours are shown as they are, anything else is logged and shown as one line."""

from __future__ import annotations

import logging

from index.errors import HoidapError
from ui import strings

logger = logging.getLogger("hoidap.ui")


def sentence(error: Exception) -> str:
    """What a user may read of an exception; the traceback of one nobody raised on purpose goes to the log."""
    if isinstance(error, HoidapError):
        return str(error)
    logger.error("unexpected error in the app", exc_info=error)
    return strings.UNEXPECTED

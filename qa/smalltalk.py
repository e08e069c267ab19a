"""What is said to the program itself and asks nothing of the articles: greetings, thanks, a joke or a song to be told."""

from __future__ import annotations

import re

from index.text.canonical import canonical, fold
from qa.types import Question

_GREETING = (
    r"(?:(?:xin )?(?:chao|cam on)|hello|hi|alo)"
    r"(?: (?:ban|anh|chi|em|co|bac|moi nguoi|ca nha|nhieu|nhe|a|tro ly|buoi \w+|cac ban|rat nhieu|ad))*"
)
_ABOUT_YOU = (
    r"(?:(?:hom nay|dao nay) )?(?:ban|em|may|tro ly) (?:(?:ten|la|ten la) (?:gi|ai)|(?:co )?(?:khoe|on|buon|vui|met) (?:khong|chu)"
    r"|bao nhieu tuoi"
    r"|(?:lam|biet lam) (?:duoc )?(?:gi|nhung gi)|an com chua|co nguoi yeu chua|the nao(?: roi)?)"
)
_ENTERTAIN = (
    r"(?:hay |lam on )?(?:ke|hat|doc|viet|lam|sang tac|cho)(?: (?:cho )?(?:toi|minh|em|anh|tui|bon minh))?(?: nghe)?(?: (?:mot|1|vai|may))?"
    r" (?:cau |bai |mau )?(?:chuyen (?:cuoi|vui|ma|co tich)|tho|hat|nhac|truyen cuoi)\b.*"
)
_SMALLTALK = re.compile(rf"(?:{_GREETING}[,.!? ]*)?(?:(?:{_ABOUT_YOU}|{_ENTERTAIN})(?: (?:di|nhe|vay|the|a|nhi|day))*)?")


def is_smalltalk(question: Question) -> bool:
    """True for "Chào bạn, hôm nay bạn khỏe không?", "Kể tôi nghe một câu chuyện cười đi"."""
    text = fold(canonical(question.standalone)).strip(" ?.!…")
    return bool(text) and _SMALLTALK.fullmatch(text) is not None

"""How many times a sentence counts that meets what the words of a question demand of it."""

from __future__ import annotations

ACT_COUNTS = 40.0
ROLE_COUNTS = 2.5
PART_COUNTS = 8.0
LEVEL_COUNTS = 4.0
AGE_COUNTS = 12.0
NOT_FOR_ANOTHER_AGE = 4.0
NOT_BEYOND_THE_LIMIT = 400.0  # where the question names the limit itself
NEARLY_SURE_COUNTS = 35.0  # as good as an act, and asked of a question whether too
WITHOUT_COUNTS = 60.0  # the rule for all says more of the question

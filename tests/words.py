"""The words lint of pages.md section 6: person-first, plain, without causes, judgments or thresholds.

`banned(text)` returns what may not stand in a displayed string; other tests call it on whatever they show.
"""

from __future__ import annotations

import re

ALLOWED = ("Substance Abuse and Mental Health Services Administration", "log-rank test")
PATTERNS = (
    r"addicts?|junkies?|alcoholics?|abusers?",
    r"(?:drug|substance|opioid|heroin|iv|intravenous) users?",
    r"(?:substance|drug|alcohol) abuse|drug habits?|drug of choice",
    r"clean|dirty|clean time|sober time",
    r"relaps(?:e|es|ed|ing)|laps(?:e|es|ed)|slips?|slipped|fell off the wagon",
    r"ods?|oded",
    r"committed suicide",
    r"(?:completed|successful|unsuccessful|failed) (?:suicide|attempt)s?",
    r"passed away|expired|lost \d+ (?:people|persons?)",
    r"lost to follow-?up|ltfu|drop-?outs?|drop-out|dropped out|attrition|churn",
    r"no-shows?|no shows?|dna",
    r"non-?complian(?:t|ce)|compliant|resistant|unmotivated|refused (?:services|treatment|to)",
    r"clients?|patients?|consumers?|recoverees?|caseloads?|cases?|case mix",
    r"failed treatment|treatment failures?|failures?|treatment resistant",
    r"success rates?|cured?|success stor(?:y|ies)",
    r"because of|due to|thanks to|led to|caused|resulted in|prevented|saved(?: lives)?|drove|impact(?:s|ed)?",
    r"effect of|proves|proven",
    r"victims?|suffer(?:s|ed|ing)? from|afflicted|battling|struggling with",
    r"inmates?|felons?|convicts?|offenders?|criminals?|ex-cons?",
    r"the homeless|homeless people",
    r"medication-assisted treatment|mat|substitution|replacement therapy",
    r"born addicted|addicted bab(?:y|ies)|enablers?|codependent",
    r"hard to reach|frequent flyers?|high utilizers?|at-risk population",
    r"best|worst|rank(?:s|ed|ing)?|league|winners?",
    r"epidemic|scourge|tragic|heartbreaking|skyrocketed|plummeted",
    r"safe harbor|anonymous|anonymized|de-identified",
    r"fewer than 11|less than 11|suppressed because",
)
_BANNED = re.compile(rf"(?<!\w)(?:{'|'.join(PATTERNS)})(?!\w)|<\s?11(?!\d)", re.IGNORECASE)


def banned(text: str) -> list[str]:
    """Return every banned word or phrase of `text`, as written; an empty list means the text may be shown."""
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return [match.group() for match in _BANNED.finditer(text)]

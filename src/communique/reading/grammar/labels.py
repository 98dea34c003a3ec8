"""The labels and tags of the parse by which subjects, auxiliaries, tenses and denials are told: named here alone."""

from __future__ import annotations

ACTIVE_SUBJECT = "nsubj"
PASSIVE_SUBJECT = "nsubjpass"
CLAUSAL_SUBJECT = "csubj"
EXPLETIVE = "expl"
"""Labels of subjects: who does, who undergoes, a clause, and "there"."""

NOMINAL_SUBJECTS = frozenset((ACTIVE_SUBJECT, PASSIVE_SUBJECT))
"""Labels of subjects that are nouns or pronouns."""

FULL_SUBJECTS = NOMINAL_SUBJECTS | {CLAUSAL_SUBJECT}
"""Labels of subjects that say who or what it is: all but "there"."""

SUBJECTS = FULL_SUBJECTS | {EXPLETIVE, "csubjpass"}
"""Labels of all that stands as a subject, clauses and "there" among it."""

UNDERGOING = frozenset(("dobj", PASSIVE_SUBJECT))
"""Labels of what a verb is done to."""

AUXILIARY = "aux"
PASSIVE_AUXILIARY = "auxpass"
"""Labels of auxiliaries: "has", "will", "to"; the "was" of "was sent"."""

AUXILIARIES = frozenset((AUXILIARY, PASSIVE_AUXILIARY))
"""Labels of all of them."""

MODAL = "MD"
PAST_TENSE = "VBD"
THIRD_PERSON = "VBZ"
PRESENT_TENSE = "VBP"
"""Tags of words that bear a clause's tense: "will"; "went"; "goes"; "go", "are"."""

PRESENT = frozenset((THIRD_PERSON, PRESENT_TENSE))
"""Tags of verbs in the present."""

TENSED = PRESENT | {PAST_TENSE}
"""Tags of verbs that carry a tense themselves."""

FINITE = TENSED | {MODAL}
"""Tags of words that carry a clause's tense."""

PAST_FORMS = frozenset((PAST_TENSE, "VBN"))
"""Tags of past tenses and participles, which are taken for one another now and then."""

NEGATION = "neg"
"""Label of a word that denies its verb: "not", "never"."""

"""What a clause is: its subject, tense and modality, whether it is denied, the words of closed classes, base forms.

Every task asks here, so that all of them read English alike. Nothing here knows what a statement or a condition is.
"""

"""Judging rows: who may, what it means for them, what is left to judge, how far people agree."""

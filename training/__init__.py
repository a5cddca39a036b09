"""Trains the small model that strife ships, from the corpus in `corpus/`: `python -m training`."""

"""What now: what the record itself lets one expect, next to the naive forecast that is so hard to beat.

Reads the case file's incidents or a table of counts, never a text."""

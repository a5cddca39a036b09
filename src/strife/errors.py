"""What can go wrong, as the caller sees it: one base class and five children."""


class StrifeError(Exception):
    """Any error that strife raises on purpose; its text names the input, the place and the remedy."""


class BadInput(StrifeError):
    """A file, line or text that cannot be read (empty, binary, wrong encoding, malformed, too large)."""


class NotEnglish(BadInput):
    """A text in a language that strife does not read."""


class BadData(StrifeError):
    """A data file of the codebook, registry or gazetteer that is missing or malformed."""


class Unknown(StrifeError):
    """A code, word or name that was asked for and does not exist."""


class BadCase(StrifeError):
    """A case file that cannot be opened, written or trusted."""

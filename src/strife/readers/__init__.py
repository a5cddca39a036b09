"""Other readers: a language model behind an endpoint that the user runs tells what a text says, and everything that it tells is
checked against the text and goes through the same rooms as our own claims."""

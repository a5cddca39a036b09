"""A brief: what a case says, in sentences, each with the passages it rests on. Nothing in it that is no claim of the case."""

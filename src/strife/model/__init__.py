"""The small trained model: what kind of event a word means in its sentence, and whether it happened.

It reads sentences whose names are masked, so that it learns what verbs mean and not who is violent. It proposes nothing by itself:
rules and codebook bring the candidates, and where the model cannot be loaded they work alone."""

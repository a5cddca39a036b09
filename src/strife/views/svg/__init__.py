"""Charts and maps as SVG: pure functions from typed rows to text, the same for pages, notebooks and briefs."""

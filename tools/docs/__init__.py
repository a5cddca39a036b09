"""The documentation site: what of it is generated from the code, and the hooks by which mkdocs builds it."""

"""The web application over a case file: pages as Starlette routes, each with its data beside it."""

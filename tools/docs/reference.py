"""All generated pages, by their address in the site."""

from __future__ import annotations

from tools.docs import codes, commands, formats, records


def pages() -> dict[str, str]:
    """Address and Markdown of each generated page, in the order of the navigation."""
    return {
        "reference/commands.md": commands.page(),
        "reference/records.md": records.page(),
        "reference/words.md": records.words_page(),
        "reference/codes.md": codes.plover_page(),
        "reference/cameo.md": codes.cameo_page(),
        "reference/acled.md": codes.acled_page(),
        "reference/formats.md": formats.page(),
        **{f"reference/frames/{kind.lower()}.md": text for kind, text in codes.frame_pages().items()},
    }

"""What mkdocs calls while it builds the site: adds the generated pages, orders the navigation, refuses outside requests."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from tools.docs.nav import navigation
from tools.docs.outside import requests_in
from tools.docs.reference import pages

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(((?:\.\./)+[^)#\s]*)(#[^)\s]*)?\)")
ANY_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")
INSERT = re.compile(r"^<!-- insert: (\S+) -->$", re.MULTILINE)
FENCE = re.compile(r"^```text\n.*?^```$", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference, and pages of the repository that the documentation links to; order the navigation."""
    for uri, text in pages().items():
        files.append(File.generated(config, uri, content=text))
    for uri, path in _linked(files).items():
        files.append(File.generated(config, uri, content=_moved(path)))
    config.nav = navigation([file.src_uri for file in files.documentation_pages()])
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: Any) -> str:
    """Links that leave the documentation lead to the page made of what they name; what has no page is named as code."""

    def there(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        path = _path_of(page.file, target)
        if path is None:
            return found[0]
        uri = _uri_of(path)
        if files.get_file_from_path(uri) is None:
            return f"{words} (`{path.relative_to(ROOT)}`)" if path.exists() and f"`{path.name}`" not in words else words
        return f"[{words}]({posixpath.relpath(uri, posixpath.dirname(page.file.src_uri))}{anchor})"

    def inserted(found: re.Match[str]) -> str:
        blocks = FENCE.findall((ROOT / found[1]).read_text("utf-8"))
        if not blocks:
            raise PluginError(f"{page.file.src_uri}: {found[1]} has no block of text to insert")
        return "\n\n".join(blocks)

    return LINK.sub(there, INSERT.sub(inserted, markdown))


def on_post_build(config: MkDocsConfig) -> None:
    """Refuse a site whose pages would ask for anything outside."""
    if found := requests_in(Path(config.site_dir)):
        raise PluginError("the site asks for things outside:\n" + "\n".join(found))


def _linked(files: Files) -> dict[str, Path]:
    """The Markdown files outside the documentation that its pages link to, by the address they get."""
    found: dict[str, Path] = {}
    for file in list(files.documentation_pages()):
        if file.abs_src_path is None:
            continue
        for _, target, _ in LINK.findall(Path(file.abs_src_path).read_text("utf-8")):
            path = _path_of(file, target)
            if path is not None and path.suffix == ".md" and path.is_file():
                found[_uri_of(path)] = path
    return found


def _moved(path: Path) -> str:
    """A page of the repository as it reads in the site: its links into the documentation lead there, others are named as code."""

    def there(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(path.parent.relative_to(ROOT).as_posix(), found[2]))
        if target.startswith("docs/"):
            return f"[{found[1]}]({posixpath.relpath(target, 'docs/repository')}{found[3] or ''})"
        return f"{found[1]} (`{target}`)"

    return ANY_LINK.sub(there, path.read_text("utf-8"))


def _path_of(file: File, target: str) -> Path | None:
    """The file of the repository that a link names, None where it stays within the documentation."""
    inside = posixpath.normpath(posixpath.join("docs", posixpath.dirname(file.src_uri), target))
    if inside.startswith(("docs/", "..")):
        return None
    return ROOT / inside


def _uri_of(path: Path) -> str:
    return "repository/" + "-".join(path.relative_to(ROOT).parts[-2:]).lower()

"""Where another reader answers: the address that the user gave, the model's name, the key from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from strife.errors import StrifeError

KIND = "openai"
KEY = "STRIFE_API_KEY"  # the environment variable, the only place a key is taken from
PATH = "/chat/completions"
TIMEOUT = 120.0  # seconds for one answer
LONGEST = 200  # characters of a model's name


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: `url` is the full address of its chat completions, `timeout` seconds for one answer."""

    url: str
    model: str
    timeout: float = TIMEOUT
    key: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Where text goes, without path: "http://127.0.0.1:8080"."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def local(self) -> bool:
        """Whether it is this machine."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def notice(self) -> str:
        """What the user is told before any text leaves the process."""
        where = "another process on this machine" if self.local else "ANOTHER MACHINE"
        told = (
            f"the text of every document leaves this process: it is sent to {self.host} ({where}), model {self.model}"
        )
        if self.url.startswith("http:") and not self.local:
            what = "the text and the key are" if self.key else "the text is"
            told += f"; {what} sent unencrypted, since the address begins with http:"
        return told


def endpoint_of(reader: str, model: str, *, timeout: float = TIMEOUT, key: str | None = None) -> Endpoint:
    """The endpoint of `openai:URL` and a model's name; the key comes from $STRIFE_API_KEY where none is given.

    StrifeError where the address or the name cannot be used."""
    kind, _, address = reader.partition(":")
    if kind != KIND or not address:
        raise StrifeError(f"{_shown(reader)}: no such reader; give one as openai:http://127.0.0.1:8080/v1")
    if not model.strip() or not model.isprintable() or len(model) > LONGEST:
        raise StrifeError("the model's name is empty, too long or not printable; give the name that the server knows")
    key = os.environ.get(KEY) if key is None else key
    if key is not None and (not key.isascii() or not key.isprintable() or " " in key):
        raise StrifeError(f"${KEY} holds characters that no key has; set it to the key alone, without a line's end")
    return Endpoint(url=_full(address), model=model, timeout=timeout, key=key or None)


def _full(address: str) -> str:
    """The address of the chat completions; the path /v1 is taken where none is given."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        raise StrifeError("the reader's address cannot be understood; write it as http://HOST:PORT/v1") from None
    if parts.username is not None or parts.password is not None:
        raise StrifeError(f"the reader's address holds a name or password; put the key into ${KEY} and leave them out")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise StrifeError(
            f"{_shown(address)}: no address of a reader; write it as http://HOST:PORT/v1 or https://…, without ? and #"
        )
    path = parts.path.rstrip("/") or "/v1"
    if not path.endswith(PATH):
        path += PATH
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _shown(address: str) -> str:
    """An address without what may be secret in it."""
    return address.partition("?")[0].rpartition("@")[2][:100]

"""Whether a file lies on a network file system, whose locks may let two writers in at once."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nothing is known, and nothing said
NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|davfs|fuse\.(?:sshfs|s3fs|rclone|davfs2?|glusterfs|gcsfuse)"
)
OCTAL = re.compile(r"\\(\d{3})")


def network_of(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of network file system that a path lies on ("nfs4"); None where it is none, or that cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    here, found, kind = path.absolute().as_posix(), "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4])
        if here.startswith(point.rstrip("/") + "/") and len(point) >= len(found):
            found, kind = point, after.split()[0]
    return kind if NETWORK.fullmatch(kind) else None


def warning(path: Path) -> str | None:
    """What a user should know before writing to a case there; None where nothing is known against it."""
    kind = network_of(path)
    if kind is None:
        return None
    return (
        f"{path}: lies on a network file system ({kind}), where two machines may write at once without seeing each other; "
        "keep the case on a local disk while you add to it, and let one machine alone write"
    )

"""Addresses that a visitor may be sent on to: pages of this site, whatever the request says."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """The parts of an address that somebody sent; all of them empty for what is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def own_address(target: str) -> str | None:
    r"""The target when it is a path of this site, with its query; None for anything that leads elsewhere.

    Browsers read ``//host``, ``/\host`` and addresses with control characters as other hosts.
    """
    parts = parts_of(target)
    path = parts.path.replace("\\", "/")
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//"):
        return None
    return path + (f"?{parts.query}" if parts.query else "")

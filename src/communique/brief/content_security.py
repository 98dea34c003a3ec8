"""What a page that stands alone may do: run and look as we wrote it, and load nothing."""

from __future__ import annotations

import base64
import hashlib


def policy_for(*, style: str, script: str | None = None) -> str:
    """Return the content security policy of a page with this style and this script inside."""
    return "; ".join(
        (
            "default-src 'none'",
            *((f"script-src '{_digest(script)}'",) if script is not None else ()),
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

"""``python -m communique``."""

from __future__ import annotations

import sys

from communique.cli import main

if __name__ == "__main__":
    sys.exit(main())

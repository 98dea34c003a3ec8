"""Reading a record loads what it takes and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from communique.record import Record
from communique.record.database.revisions import REVISIONS
from record_samples import put, reading

HEAVY = ("alembic", "spacy", "pandas", "pyarrow", "numpy", "networkx", "trafilatura", "fastapi")


def test_a_list_loads_neither_the_reader_nor_tables_nor_migrations(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    script = (
        "import sys; from communique.cli import main\n"
        f"sys.argv = ['communique', 'statements', '--csv', '--record', {str(file)!r}]\n"
        f"status = main(); print([name for name in {HEAVY} if name in sys.modules], status, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == "[] 0\n"
    assert done.stdout.startswith("statement,")


def test_the_revisions_that_are_known_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", "communique.record:migrations")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(REVISIONS) == found[::-1]

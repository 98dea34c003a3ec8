#!/usr/bin/env bash
# fingerprints: co-operation is taken for a company, and a limited treaty for a limited one.
# The library strips and shortens legal forms so that names of organisations can be compared. The hyphen in "Co-operation" counts as a
# space, "Co" as a company's form: remove_types makes "gulf operation council" of the Gulf Co-operation Council, and "Limited Nuclear
# Test Ban Treaty" loses its first word and compares as "ltd". Bodies and treaties cannot be handed to it unasked.
# Seen with fingerprints==1.3.1 on CPython 3.11; run by hand: bash findings/fingerprints_cooperation_is_a_company.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check fingerprints==1.3.1
"$work/env/bin/python" - <<'PYTHON'
import fingerprints

SEEN = {
    "Gulf Co-operation Council": "gulf operation council",
    "Co-Chair of the Minsk Group": "chair of the minsk group",
    "Limited Nuclear Test Ban Treaty": "nuclear test ban treaty",
}
for name, rest in SEEN.items():
    print(name, "->", fingerprints.remove_types(name), "|", fingerprints.generate(name))
    assert fingerprints.remove_types(name) == rest
assert "ltd" in fingerprints.generate("Limited Nuclear Test Ban Treaty").split()
PYTHON
echo "as described"

#!/usr/bin/env bash
# country_converter with pandas 3: Namibia's code is read as "missing", and with it everything fails.
# country_converter 1.3.2 allows any pandas from 1.0 on and reads its own table with a converter that makes text of every cell. With
# pandas 2.3.3 "NA", the ISO code of Namibia, stays text; with pandas 3.1.1 it and every empty code become NaN after the converter, and making the
# converter raises a TypeError from `re`, so that not one country can be asked for. Nothing in the message names the table or pandas.
# Seen with country_converter==1.3.2 pandas==3.1.1 on CPython 3.11; run by hand: bash findings/country_converter_with_pandas_3.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check country_converter==1.3.2 pandas==3.1.1
"$work/env/bin/python" - <<'PYTHON'
import subprocess
import sys

import country_converter
import pandas

print(country_converter.__version__, "with pandas", pandas.__version__)
try:
    country_converter.CountryConverter()
except TypeError as error:
    print("TypeError:", error)
    assert "first argument must be string or compiled pattern" in str(error)
else:
    raise AssertionError("it works now")

subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pandas==2.3.3"], check=True)
with_two = "import pandas, country_converter; print(pandas.__version__, country_converter.convert('Namibia', to='ISO2'))"
answer = subprocess.run([sys.executable, "-c", with_two], check=True, capture_output=True, text=True).stdout.split()
print(*answer)
assert answer == ["2.3.3", "NA"]
PYTHON
echo "as described"

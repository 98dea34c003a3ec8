#!/usr/bin/env bash
# webvtt-py: where two people speak in one caption, the first gets the words of both.
# WebVTT marks speakers by voice spans, and one cue may hold several (W3C WebVTT, 4.2.2). `Caption.voice` is the first of them, and
# `Caption.text` is the text of all without marks, so that a transcript made of the two fields puts a minister's answer into the
# questioner's mouth. `raw_text` still has the spans. Character references (&amp;) also stay as they are in `text`.
# Seen with webvtt-py==0.6.0 on CPython 3.11; run by hand: bash findings/webvtt_two_voices_one_speaker.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check webvtt-py==0.6.0
"$work/env/bin/python" - <<'PYTHON'
import io

import webvtt

CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Reporter>Will you sign?</v> <v Minister>Never &amp; nowhere.</v>
"""
[caption] = webvtt.from_buffer(io.StringIO(CAPTIONS))
print(caption.voice, "|", caption.text, "|", caption.raw_text)
assert caption.voice == "Reporter"
assert caption.text == "Will you sign? Never &amp; nowhere."
assert "<v Minister>" in caption.raw_text
PYTHON
echo "as described"

#!/bin/sh
# The first day in a real window on a virtual screen, with a picture of every step.
# usage: scripts/first_day.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
folder=${1:?name a folder for the pictures}
command -v xvfb-run >/dev/null || { echo "xvfb-run is missing: apt-get install xvfb xauth" >&2; exit 2; }
mkdir -p "$folder"
MRC_FIRST_DAY_PICTURES="$folder" QT_QPA_PLATFORM=xcb \
    xvfb-run -a -s "-screen 0 1400x900x24" .venv/bin/pytest tests/ui/test_first_day.py -q -p no:cacheprovider
ls "$folder"

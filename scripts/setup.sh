# Sourced by ./run and ./test: a virtual environment with pinned, hashed packages, and the system libraries Qt needs.
say() { printf '%s\n' "$*" >&2; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# install_system "what for" package… : installs when allowed, else names the exact command and returns 1.
install_system() {
  local purpose=$1; shift
  if may_install; then
    say "Installing for $purpose: $*"
    [ -n "${MRC_APT_UPDATED:-}" ] || { apt-get update -qq >/dev/null 2>&1 || true; MRC_APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  fi
  say "Missing for $purpose. Please run:  sudo apt-get install --no-install-recommends $*"
  return 1
}

find_python() {
  local name
  for name in "${MRC_PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; raise SystemExit(not ((3, 11) <= sys.version_info[:2] < (3, 15)))' 2>/dev/null; then
      echo "$name"; return 0
    fi
  done
  return 1
}

make_environment() {
  local python
  if ! python=$(find_python); then
    install_system "the program (Python 3.11 or newer)" python3 python3-venv || exit 1
    python=$(find_python) || { say "Python 3.11 or newer is needed; this computer has $(python3 --version 2>&1 || echo none)."; exit 1; }
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_system "the program's own Python environment" "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" ||
      exit 1
  fi
  "$python" -m venv .venv
}

# Which system libraries the loader cannot find for a Qt file, as Debian packages.
QT_LIBRARIES="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
SCREEN_LIBRARIES="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libxcb-shape0"

qt_loads() { QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from PySide6 import QtGui, QtWidgets' 2>/dev/null; }

needs_qt() {
  qt_loads || install_system "the window (Qt)" $QT_LIBRARIES || exit 1
  qt_loads || { say "Qt still does not start:"; .venv/bin/python -c 'from PySide6 import QtGui, QtWidgets'; exit 1; }
}

needs_screen() {
  needs_qt
  [ "$(uname -s)" = Linux ] || return 0
  if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "There is no screen here (DISPLAY is not set). ./run --demo works without one."; exit 1
  fi
  local plugin
  plugin=$(ls .venv/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so)
  if ldd "$plugin" | grep -q "not found"; then install_system "the window (X11)" $SCREEN_LIBRARIES || exit 1; fi
}

# setup run|test
setup() {
  local kind=$1 wanted files="requirements/build.txt requirements/run.txt"
  [ "$kind" = test ] && files="$files requirements/test.txt"
  [ -x .venv/bin/python ] || make_environment
  wanted=$(cat $files pyproject.toml | sha256sum | cut -c1-32)
  if [ "$(cat ".venv/.ready-$kind" 2>/dev/null)" != "$wanted" ]; then
    say "Fetching the program's packages (once, checked against their hashes)…"
    local arguments=() file
    for file in $files; do arguments+=(-r "$file"); done
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes "${arguments[@]}" || {
      say "The packages could not be fetched. Is there a network, and a package index pip can reach?"; exit 1; }
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e . || exit 1
    echo "$wanted" > ".venv/.ready-$kind"
  fi
  .venv/bin/python scripts/catalogues.py compile
  if [ "$kind" = test ]; then
    needs_qt
    command -v pdftotext >/dev/null && [ -e /usr/share/unicode/BidiTest.txt ] && command -v hb-shape >/dev/null ||
      install_system "the outside checks of the tests (they are left out without)" poppler-utils unicode-data libharfbuzz-bin || true
  fi
}

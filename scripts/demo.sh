# The desk on an invented centre. With a screen: the window. Without: the same job headless, leaving PDFs and pictures.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
out=${1:-demo-output}
if [ ! -e "$out/demo.mrc" ]; then .venv/bin/mrc demo "$out"; fi
user=$(cat "$out/user.txt")
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  needs_screen
  echo "The invented centre: $out/demo.mrc — user $user, password in $out/password.txt"
  exec .venv/bin/mrc "$out/demo.mrc"
fi
echo "No screen here: doing the same job without one."
needs_qt
for language in en fr ar am; do
  .venv/bin/mrc guide departure --language "$language" --corridor ET-SA --paper a5 --out "$out/guide-$language.pdf"
done
QT_QPA_PLATFORM=offscreen .venv/bin/python -m ui.pictures "$out/demo.mrc" --user "$user" --password-file "$out/password.txt" \
  --languages en,fr,ar,am --out "$out/pictures"
echo "Left in $out/: the invented centre, departure guides in four languages, pictures of the main pages."
echo "Everybody in it is invented; the guides and pictures hold their invented names in the clear."

# ./test --long: live oracles, big data, long state machines. Says at the end what it could not run.
set -u
cd "$(dirname "$0")/.."
. scripts/setup.sh
bin=.venv/bin
left_out=()
command -v hb-shape >/dev/null || left_out+=("hb-shape (libharfbuzz-bin): glyph runs were compared with recorded references only")
command -v pdftotext >/dev/null || left_out+=("pdftotext (poppler-utils): text taken out of PDFs was not compared")
[ -e /usr/share/unicode/BidiTest.txt ] || left_out+=("Unicode's bidi conformance files (unicode-data)")
[ -x "${MRC_CHECKERS:-.venv-checkers/bin/python}" ] || left_out+=("frictionless, pysdmx, sdmx1: the ministry export was not read by other programs (MRC_CHECKERS)")
command -v Xvfb >/dev/null || left_out+=("Xvfb: the first day was not driven in a real window")
$bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/ministry.txt ||
  left_out+=("PostgreSQL and Parquet of the ministry desk: psycopg and pyarrow could not be fetched")
command -v pg_ctl >/dev/null || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 ||
  install_system "the ministry desk on PostgreSQL" postgresql ||
  left_out+=("PostgreSQL (postgresql): the ministry desk was tried on SQLite only")
$bin/pytest -m "long or not long" -rs -p no:cacheprovider "$@"
code=$?
if [ ${#left_out[@]} -gt 0 ]; then
  echo "Not run here:"; printf '  · %s\n' "${left_out[@]}"
else
  echo "Nothing was left out."
fi
exit $code

#!/bin/sh
# Tells this user's desktop that *.skip.json files belong to Skipwire. Run it once from where the program was unpacked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(dirname "$here")/skipwire
[ -x "$program" ] || { echo "Skipwire is not at $program." >&2; exit 1; }
data=${XDG_DATA_HOME:-$HOME/.local/share}
mkdir -p "$data/applications" "$data/mime/packages"
sed "s|^Exec=skipwire|Exec=\"$program\"|" "$here/skipwire.desktop" > "$data/applications/skipwire.desktop"
cp "$here/skipwire-mime.xml" "$data/mime/packages/skipwire.xml"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
echo "*.skip.json files open with $program."

#!/bin/sh
# Adds Opvangplan to the menu of the user who runs this, with its icon and the files it opens; with
# --remove it takes that away again. Nothing outside the user's own folders is touched.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/opvangplan.desktop
icon=$data/icons/hicolor/scalable/apps/opvangplan.svg

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$icon"
else
    mkdir -p "$(dirname "$entry")" "$(dirname "$icon")"
    cp "$here/opvangplan.svg" "$icon"
    # In Exec, these are written with a backslash within quotes; % is doubled.
    program=$(printf '%s' "$here/opvangplan" | sed 's/[\\"`$]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
    cat >"$entry" <<END
[Desktop Entry]
Type=Application
Name=Opvangplan
Comment=Plans reception places for asylum seekers
Comment[nl]=Plant opvangplekken voor asielzoekers
Exec="$program" %f
Icon=opvangplan
Terminal=false
Categories=Office;
StartupWMClass=opvangplan
MimeType=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;application/vnd.oasis.opendocument.spreadsheet;application/vnd.ms-excel;text/csv;
END
fi
if command -v update-desktop-database >/dev/null 2>&1; then
    update-desktop-database "$data/applications" || true
fi

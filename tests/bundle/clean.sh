#!/bin/sh
# Runs a program of a bundle where there is nothing else: clean.sh BUNDLE PLACE HIDDEN PROGRAM WORDS...
# In a mount and network namespace of its own it shows the bundle read-only at PLACE, hides the
# folders of HIDDEN (with : between), and runs PROGRAM there without any setting, search path or home.
set -eu
bundle=$1 place=$2 hidden=$3
shift 3
mkdir -p "$place"
mount --bind "$bundle" "$place"
mount -o remount,ro,bind "$place"
IFS=:
for each in $hidden; do mount -t tmpfs none "$each"; done
unset IFS
program=$1
shift
exec env -i QT_QPA_PLATFORM=offscreen "$place/$program" "$@"

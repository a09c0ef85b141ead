#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Downwards only, siblings never; each outside library's headers in their own floors alone.
set -eu
cd "$1"
exec awk -f tests/architecture/include_law.awk $(git ls-files 'src/*.c' 'src/*.h' 2>/dev/null || find src -name '*.[ch]')

"""Under which licences the parts are, and which of those go with the EUPL-1.2.

The program is passed on as a whole under the EUPL-1.2. A licence that asks nothing of a whole
(MIT, BSD and the like) goes with it; so does the LGPL for a library that stays a file of its own,
which is how a bundle holds Qt; the EUPL's appendix itself names the GPL 2 and 3, the LGPL, the MPL
and the EPL. Of an "A OR B" one that goes is enough; of an "A AND B" each must go.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata

# SPDX names. What is not here has not been looked at: a test fails on it.
COMPATIBLE = frozenset(
    {
        "0BSD",
        "AFL-2.1",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "bzip2-1.0.6",
        "CC0-1.0",
        "EUPL-1.2",
        "FTL",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "HPND",
        "ICU",
        "ISC",
        "LGPL-2.0-or-later",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "Libpng",
        "MIT",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Python-2.0",
        "Unicode-3.0",
        "X11",
        "Zlib",
        "blessing",
    }
)
# What the metadata of a distribution says in words of its own, after reading the text it carries.
READ_BY_US = {
    "altgraph": "MIT",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "et-xmlfile": "MIT AND Python-2.0",
    "fonttools": "MIT",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-2.0",
    "openpyxl": "MIT",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later OR Apache-2.0",
    "scipy": "BSD-3-Clause",
    "setuptools": "MIT",
    "pip": "MIT",
    "xlrd": "BSD-3-Clause",
}
# Beginnings of the names of packages of Debian and Ubuntu, by the file `copyright` of each.
SYSTEM_LICENCES = {
    "libbrotli": "MIT",
    "libbsd": "BSD-3-Clause",
    "libbz2": "bzip2-1.0.6",
    "libcom-err": "MIT",
    "libcups": "Apache-2.0",
    "libdbus": "AFL-2.1 OR GPL-2.0-or-later",
    "libdrm": "MIT",
    "libexpat": "MIT",
    "libffi": "MIT",
    "libfontconfig": "HPND",
    "libfreetype": "FTL OR GPL-2.0-or-later",
    "libgcc": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgfortran": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libglib": "LGPL-2.1-or-later",
    "libgomp": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgssapi": "MIT",
    "libgcrypt": "LGPL-2.1-or-later",
    "libgpg-error": "LGPL-2.1-or-later",
    "libavahi": "LGPL-2.1-or-later",
    "libgmp": "LGPL-3.0-only OR GPL-2.0-or-later",
    "libgnutls": "LGPL-2.1-or-later",
    "libhogweed": "LGPL-3.0-only OR GPL-2.0-or-later",
    "libidn2": "LGPL-3.0-only OR GPL-2.0-or-later",
    "libk5crypto": "MIT",
    "libkeyutils": "LGPL-2.0-or-later",
    "libkrb5": "MIT",
    "liblz4": "BSD-2-Clause",
    "liblzma": "0BSD",
    "libcap2": "BSD-3-Clause OR GPL-2.0-only",
    "libmd": "BSD-3-Clause",
    "libmount": "LGPL-2.1-or-later",
    "libblkid": "LGPL-2.1-or-later",
    "libnettle": "LGPL-3.0-only OR GPL-2.0-or-later",
    "libp11": "BSD-3-Clause",
    "libpcre": "BSD-3-Clause",
    "libpng": "Libpng",
    "libselinux": "0BSD",
    "libssl": "Apache-2.0",
    "libstdc": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libsystemd": "LGPL-2.1-or-later",
    "libtasn1": "LGPL-2.1-or-later",
    "libunistring": "LGPL-3.0-only OR GPL-2.0-or-later",
    "libuuid": "BSD-3-Clause",
    "libwayland": "MIT",
    "libx11": "MIT",
    "libxau": "MIT",
    "libxcb": "MIT",
    "libxdmcp": "MIT",
    "libxkbcommon": "MIT",
    "libxext": "MIT",
    "libzstd": "BSD-3-Clause OR GPL-2.0-only",
    "zlib1g": "Zlib",
}


class UnknownLicenceError(Exception):
    """Nobody has said yet under which licence this may be passed on."""


def licence_of(name: str, metadata: PackageMetadata) -> str:
    """Return the SPDX expression of a distribution; `UnknownLicenceError` where there is none."""
    known = READ_BY_US.get(re.sub(r"[-_.]+", "-", name).lower())
    said = [metadata[key] for key in ("License-Expression", "License") if key in metadata]
    expression = "License-Expression" in metadata
    given = known if known and not expression else "".join(said[:1])
    if not given or not re.fullmatch(r"[\w.+\-() ]+", given):
        raise UnknownLicenceError(name)
    return str(given)


def system_licence(package: str) -> str:
    """Return the SPDX expression of a package of the system, by the beginning of its name."""
    for beginning in sorted(SYSTEM_LICENCES, key=len, reverse=True):
        if package.startswith(beginning):
            return SYSTEM_LICENCES[beginning]
    raise UnknownLicenceError(package)


def goes_with_ours(expression: str) -> bool:
    """Whether something under an SPDX expression may go into a whole under the EUPL-1.2."""
    return all(
        any(_named(one) in COMPATIBLE for one in re.split(r"\s+OR\s+", each))
        for each in re.split(r"\s+AND\s+", expression)
    )


def _named(text: str) -> str:
    return text.strip(" ()")

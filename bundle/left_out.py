"""What a bundle leaves out, each with its reason: the program never asks for it.

The bundle is tried without them by `tests/bundle`, command by command and in the window.
"""

from __future__ import annotations

from pathlib import PurePosixPath

# Modules, with all below them.
MODULES = (
    # Other toolkits and shells that libraries would use if they were there.
    "tkinter",
    "IPython",
    "gi",
    "PyQt5",
    "PyQt6",
    "PySide2",
    # What belongs to development.
    "pytest",
    "hypothesis",
    "mypy",
    "pip",
    "setuptools",
    "pkg_resources",
    "pydoc_data",
    "lib2to3",
    "numpy._core.tests",
    "numpy.distutils",
    "pandas.tests",
    # Readers and writers that the program does not use: it reads by openpyxl, xlrd and its own.
    "pyarrow",
    "sqlalchemy",
    "tables",
    "numba",
    "bottleneck",
    "numexpr",
    "fsspec",
    "s3fs",
    "xarray",
    "odf",
    "sqlite3",
    # The slides need of lxml what reads and writes XML alone.
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "lxml.sax",
    # What a terminal is edited with; of readline the licence asks more than ours.
    "curses",
    "readline",
    # Connections: nothing of ours opens one.
    "ssl",
    "_ssl",
    "_hashlib",  # Python has the sums that are used here itself
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtDBus",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "PySide6.QtDesigner",
    # The parts of scipy beside sparse matrices, least squares, linear programs and distributions.
    "scipy.cluster",
    "scipy.datasets",
    "scipy.io",
    "scipy.misc",
    "scipy.ndimage",
    "scipy.odr",
    "scipy.signal",
    "scipy.stats",
    # The ways of matplotlib to draw other than on the window, in PNG, SVG and PDF.
    "matplotlib.backends.backend_webagg",
    "matplotlib.backends.backend_nbagg",
    "matplotlib.backends.backend_tkagg",
    "matplotlib.backends.backend_gtk3",
    "matplotlib.backends.backend_gtk4",
    "matplotlib.backends.backend_wx",
    "matplotlib.tests",
    "mpl_toolkits",
    # Pictures of kinds that nothing writes here.
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "PIL.WebPImagePlugin",
    "PIL._webp",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PIL._imagingtk",
    "PIL.ImageCms",
    "PIL._imagingcms",
)

# Parts of a path inside the bundle; whatever lies below is left out.
FOLDERS = (
    "PySide6/Qt/qml",
    "PySide6/Qt/metatypes",
    "PySide6/Qt/plugins/designer",
    "PySide6/Qt/plugins/egldeviceintegrations",
    "PySide6/Qt/plugins/generic",
    "PySide6/Qt/plugins/networkinformation",
    "PySide6/Qt/plugins/qmllint",
    "PySide6/Qt/plugins/qmltooling",
    "PySide6/Qt/plugins/sqldrivers",
    "PySide6/Qt/plugins/tls",
    "PySide6/Qt/plugins/vectorimageformats",
    "PySide6/Qt/plugins/wayland-graphics-integration-server",
    "matplotlib/mpl-data/sample_data",
    "matplotlib/mpl-data/stylelib",
    "matplotlib/mpl-data/plot_directive",
    "matplotlib/mpl-data/fonts/afm",
    "matplotlib/mpl-data/fonts/pdfcorefonts",
    "matplotlib/mpl-data/images",
    "pandas/io/formats/templates",
    "pytz/zoneinfo",
    "tzdata",
)

# The beginnings of names of files. Qt's own are called Qt6… in Windows, libQt6… in Linux.
QT_LIBRARIES = (
    "Designer",
    "EglFS",
    "LabsStyleKit",
    "Network",
    "Pdf",
    "Qml",
    "Quick",
    "ShaderTools",
    "Sql",
    "Test",
    "VirtualKeyboard",
    "WaylandCompositor",
)
QT_PLUGINS = (
    "qeglfs",
    "qlinuxfb",
    "qminimalegl",
    "qvkkhrdisplay",
    "qvnc",
    "qgtk3",
    "qtvirtualkeyboardplugin",
    "qpdf",
    "qgif",
    "qicns",
    "qtga",
    "qtiff",
    "qwbmp",
    "qwebp",
)
# Qt's words in the languages of the window; English is in the program itself.
QT_WORDS = "qtbase_nl.qm"
# System libraries: what the theme of GTK drew with, which is left out itself; and what printing and
# sound use, which is the system's own where there is any.
SYSTEM = (
    "libatk",
    "libatspi",
    "libavahi",
    "libcairo",
    "libcloudproviders",
    "libcups",
    "libepoxy",
    "libgdk",
    "libgnutls",
    "libgtk-3",
    "libharfbuzz",
    "libhogweed",
    "libidn2",
    "libnettle",
    "libp11",
    "libpango",
    "libpixman",
    "libtasn1",
    "libthai",
    "libdatrie",
    "libfribidi",
    "libgraphite2",
    "libunistring",
    "libXcomposite",
    "libXcursor",
    "libXdamage",
    "libXfixes",
    "libXi.",
    "libXinerama",
    "libXrandr",
    "libXrender",
    "libjpeg.so",
    "libreadline",
    "libtinfo",
)
RUNTIME_HOOKS = (
    # It would give matplotlib a new empty folder at each start, and have it look for fonts again.
    "pyi_rth_mplconfig",
)


def is_left_out(name: str) -> bool:
    """Whether a file is left out of the bundle, by its path there."""
    path = PurePosixPath(name.replace("\\", "/"))
    text = path.as_posix()
    if any(text.startswith(f"{folder}/") for folder in FOLDERS):
        return True
    if "/tests/" in text or "/__pycache__/" in text:
        return True
    stem = path.name.removeprefix("lib")
    if path.suffix == ".qm":
        return path.name != QT_WORDS
    if any(stem.startswith(plugin) for plugin in QT_PLUGINS) and "plugins" in path.parts:
        return True
    qt = stem.removeprefix("Qt6").removeprefix("Qt")
    if qt != stem and any(qt.startswith(library) for library in QT_LIBRARIES):
        return True
    return path.name.startswith(SYSTEM)

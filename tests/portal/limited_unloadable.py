"""Stands for WeasyPrint without its system libraries: loading it fails as cffi does."""

raise OSError("cannot load library 'libpango-1.0-0'")

"""The editors' pages of a Weisung, below its admin (weisungen/admin.py): write, import, package, check, release.

They are built like those of a Fassung (arbeitsmittel/redaktion/); `access` says who gets in, `next_steps` which way is
open for whom; every page is a function view.
"""

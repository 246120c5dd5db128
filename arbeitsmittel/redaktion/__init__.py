"""The editors' pages of a Fassung, below its admin (arbeitsmittel/admin.py): write, look, check, release, take back.

`access` says who gets in, `next_steps` which way is open for whom; every page is a function view.
"""

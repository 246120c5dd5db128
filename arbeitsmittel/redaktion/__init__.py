"""The editors' pages of a Fassung, below its admin (arbeitsmittel/admin.py): write, look, check, release, take back.

They are built on portal/workplace/; here stands what is particular: `access` says who gets in, `next_steps` what a
package changes about the way, `kind` what the shared pages have to know. Every page is a function view.
"""

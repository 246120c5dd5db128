"""The editors' pages of a Weisung, below its admin (weisungen/admin.py): write, import, package, check, release.

They are built on portal/workplace/, like those of a Fassung; here stands what is particular: `access` says who gets in,
`next_steps` what a package changes about the way, `kind` what the shared pages have to know, `package` and `packaging`
the list of what goes live. Every page is a function view.
"""

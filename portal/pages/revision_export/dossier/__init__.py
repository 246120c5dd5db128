"""Everything about one Weisung or one Arbeitsmittel in one ZIP that can be verified without the portal.

`gegenstand` names the object, `eintraege` reads its part of the chain, `fassungen` its versions as of that part,
`lesbar` makes what people read, `archiv` the file with its manifest, `bauen` puts all of it together. What checks it is
`portal/ledger/dossier_checker.py`, shipped as it stands there.
"""

from portal.pages.revision_export.dossier import bauen

__all__ = ["bauen"]

"""The six sections of every Weisung in their fixed order (domain, glossary "Weisung"). Pure, no Django."""

# Field of the model, printed heading.
ABSCHNITTE = (
    ("ausgangssituation", "Ausgangssituation"),
    ("auftrag_und_ziel", "Auftrag und Ziel"),
    ("einzelauftraege", "Einzelaufträge"),
    ("info", "Info"),
    ("haushalt", "Haushalt"),
    ("beteiligung", "Beteiligung"),
)
# Printed number -> heading.
TITEL = {nummer: titel for nummer, (_field, titel) in enumerate(ABSCHNITTE, start=1)}

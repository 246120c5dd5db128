"""SQL functions of migration 0004. Never edited: a later migration replaces a function."""

# The members of a package are part of what is checked: adding or removing one needs a draft (issue 3, "Package").
CREATE_PACKAGE_FIXED = """
CREATE FUNCTION weisungen_package_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole record;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.weisung_id <> OLD.weisung_id OR NEW.arbeitsmittel_id <> OLD.arbeitsmittel_id) THEN
    RAISE EXCEPTION USING MESSAGE = 'Umsetzung: Weisung und Arbeitsmittel bleiben.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' AND NOT NEW.im_paket
     OR TG_OP = 'UPDATE' AND NOT (NEW.im_paket OR OLD.im_paket) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.im_paket = OLD.im_paket AND NEW.gestrichen = OLD.gestrichen
     AND NEW.fassung_id IS NOT DISTINCT FROM OLD.fassung_id THEN
    RETURN NEW;
  END IF;
  SELECT vorgelegt_am, veroeffentlicht_am INTO whole FROM weisungen_weisung WHERE id = NEW.weisung_id FOR SHARE;
  IF whole.veroeffentlicht_am IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = 'Umsetzung: Ein veröffentlichtes Paket ändert sich nicht.',
      ERRCODE = 'integrity_constraint_violation';
  ELSIF whole.vorgelegt_am IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = 'Umsetzung: Das Paket liegt zur Prüfung vor; eine Änderung hebt die Prüfung auf.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
DROP_PACKAGE_FIXED = "DROP FUNCTION weisungen_package_fixed();"

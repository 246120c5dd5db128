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
  IF NEW.im_paket AND NOT NEW.gestrichen
     AND (TG_OP = 'INSERT' OR NEW.fassung_id IS DISTINCT FROM OLD.fassung_id OR NOT OLD.im_paket OR OLD.gestrichen)
     AND NOT EXISTS (SELECT FROM arbeitsmittel_fassung WHERE id = NEW.fassung_id
                     AND arbeitsmittel_id = NEW.arbeitsmittel_id AND veroeffentlicht_am IS NULL
                     AND verworfen_am IS NULL) THEN
    RAISE EXCEPTION USING MESSAGE = 'Umsetzung: In ein Paket passt nur ein Entwurf dieses Arbeitsmittels.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.soll_stand <> OLD.soll_stand OR NEW.was <> OLD.was)
     AND EXISTS (SELECT FROM weisungen_weisung WHERE id = NEW.weisung_id AND veroeffentlicht_am IS NOT NULL) THEN
    RAISE EXCEPTION USING MESSAGE = 'Umsetzung: Was eine veröffentlichte Weisung ankündigt, bleibt.',
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

# At commit, a package is whole: with the Weisung all its Fassungen went live, at one moment and with its first day.
CREATE_PACKAGE_WHOLE = """
CREATE FUNCTION weisungen_package_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM weisungen_umsetzung u JOIN arbeitsmittel_fassung f ON f.id = u.fassung_id
    WHERE u.weisung_id = NEW.id AND u.im_paket AND NOT u.gestrichen
      AND (f.veroeffentlicht_am IS DISTINCT FROM NEW.veroeffentlicht_am OR f.stand <> NEW.gueltig_ab)) THEN
    RAISE EXCEPTION USING MESSAGE = 'Weisung: Ein Paket wird ganz veröffentlicht, mit einem Stand, oder gar nicht.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""
DROP_PACKAGE_WHOLE = "DROP FUNCTION weisungen_package_whole();"

# At commit, no member of a package has slipped past its Weisung. A trigger of this app on a table of the one below,
# which does not know it.
CREATE_MEMBER_WITH_WEISUNG = """
CREATE FUNCTION weisungen_member_with_weisung() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM weisungen_umsetzung u JOIN weisungen_weisung w ON w.id = u.weisung_id
    WHERE u.fassung_id = NEW.id AND u.im_paket AND NOT u.gestrichen
      AND w.veroeffentlicht_am IS NULL AND w.verworfen_am IS NULL) THEN
    RAISE EXCEPTION USING MESSAGE = 'Fassung: Was zu einem Paket gehört, wird mit seiner Weisung veröffentlicht.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER weisungen_member_with_weisung AFTER UPDATE ON arbeitsmittel_fassung
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.veroeffentlicht_am IS NULL AND NEW.veroeffentlicht_am IS NOT NULL)
  EXECUTE FUNCTION weisungen_member_with_weisung();
"""
DROP_MEMBER_WITH_WEISUNG = """
DROP TRIGGER weisungen_member_with_weisung ON arbeitsmittel_fassung;
DROP FUNCTION weisungen_member_with_weisung();
"""

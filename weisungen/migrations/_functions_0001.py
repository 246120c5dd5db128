"""SQL function of the first migration. Never edited: a later migration replaces a function."""

# What a Weisung cites and repeals is recorded before its issue; afterwards nothing is added (domain rules 1 and 6).
CREATE_ONLY_IN_DRAFT = """
CREATE FUNCTION weisungen_only_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM weisungen_weisung WHERE id = NEW.weisung_id AND veroeffentlicht_am IS NOT NULL) THEN
    RAISE EXCEPTION USING MESSAGE = 'Weisung: Nach der Veröffentlichung kommt nichts hinzu.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
DROP_ONLY_IN_DRAFT = "DROP FUNCTION weisungen_only_in_draft();"

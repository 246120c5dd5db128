"""SQL functions of migration 0004. Never edited: a later migration replaces a function."""

# At commit, a published Fassung with a text has its PDF, and where somebody checked it, the one they were shown.
NEEDS_PDF = """
CREATE OR REPLACE FUNCTION arbeitsmittel_fassung_needs_pdf() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stored text;
BEGIN
  SELECT sha256 INTO stored FROM arbeitsmittel_fassungpdf WHERE fassung_id = NEW.id;
  IF stored IS NULL THEN
    RAISE EXCEPTION USING MESSAGE = 'Fassung: Ohne PDF wird nichts veröffentlicht.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.pruefsumme <> '' AND NOT EXISTS (
      SELECT FROM arbeitsmittel_fassungpruefdruck
      WHERE objekt_id = NEW.id AND pruefsumme = NEW.pruefsumme AND sha256 = stored) THEN
    RAISE EXCEPTION USING MESSAGE = 'Fassung: Veröffentlicht wird die Datei, die geprüft wurde.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""

# Released with a Stand of today or later; a past one says why (issue 3, "Release").
CREATE_STAND_NOT_PAST = """
CREATE FUNCTION arbeitsmittel_fassung_stand_not_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.stand < (NEW.veroeffentlicht_am AT TIME ZONE 'Europe/Berlin')::date AND NEW.nachtrag_grund = '' THEN
    RAISE EXCEPTION USING MESSAGE = 'Fassung: Ein Stand in der Vergangenheit braucht einen Grund.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
DROP_STAND_NOT_PAST = "DROP FUNCTION arbeitsmittel_fassung_stand_not_past();"

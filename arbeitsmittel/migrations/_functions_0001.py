"""SQL function of the first migration. Never edited: a later migration replaces a function."""

# At commit, a published Fassung with a text has its PDF (domain rule 3).
CREATE_NEEDS_PDF = """
CREATE FUNCTION arbeitsmittel_fassung_needs_pdf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM arbeitsmittel_fassungpdf WHERE fassung_id = NEW.id) THEN
    RAISE EXCEPTION USING MESSAGE = 'Fassung: Ohne PDF wird nichts veröffentlicht.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""
DROP_NEEDS_PDF = "DROP FUNCTION arbeitsmittel_fassung_needs_pdf();"

"""SQL functions of the first migration. Never edited: a later migration replaces a function."""

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

# A Fassung that is only known by its Stand has nothing to print.
CREATE_PDF_NEEDS_TEXT = """
CREATE FUNCTION arbeitsmittel_pdf_needs_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM arbeitsmittel_fassung WHERE id = NEW.fassung_id AND inhalt = '') THEN
    RAISE EXCEPTION USING MESSAGE = 'PDF: Zu einer Fassung ohne Text gibt es keine Datei.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
DROP_PDF_NEEDS_TEXT = "DROP FUNCTION arbeitsmittel_pdf_needs_text();"

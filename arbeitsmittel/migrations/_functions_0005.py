"""SQL functions of the fifth migration: what an entry about an Arbeitsmittel means to a reviewer. Never edited.

`arbeitsmittel_kennung` prints what `arbeitsmittel.kennung.Kennung` prints.
"""

CREATE_DESCRIPTIONS = """
CREATE FUNCTION arbeitsmittel_kennung(art text, bezeichnung text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  CASE art WHEN 'glf-ah-ez' THEN 'GLF/AH EZ ' WHEN 'glf-sc' THEN 'GLF SC ' ELSE 'EMB AH ' END || bezeichnung;

CREATE FUNCTION arbeitsmittel_describe_arbeitsmittel(zeile bigint) RETURNS jsonb LANGUAGE sql STABLE RETURN (
  SELECT jsonb_build_object('vorgang', CASE history_type WHEN '+' THEN 'angelegt' ELSE 'bearbeitung' END,
    'bezeichnung', arbeitsmittel_kennung(art, bezeichnung), 'thema_art', 'arbeitsmittel', 'thema_id', id)
  FROM arbeitsmittel_historicalarbeitsmittel WHERE history_id = zeile);

CREATE FUNCTION arbeitsmittel_describe_fassung(zeile bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  neu arbeitsmittel_historicalfassung;
  alt arbeitsmittel_historicalfassung;
  gleicher_inhalt boolean;
  vorgang text;
  angaben jsonb := '{}';
BEGIN
  SELECT * INTO neu FROM arbeitsmittel_historicalfassung WHERE history_id = zeile;
  SELECT * INTO alt FROM arbeitsmittel_historicalfassung
    WHERE id = neu.id AND history_id < zeile ORDER BY history_id DESC LIMIT 1;
  gleicher_inhalt := (neu.stand, neu.stand_nur_monat, neu.titel, neu.inhalt, neu.aenderungshinweis, neu.aenderungsart,
      neu.sperrfrist, neu.quelle, neu.nachtrag_grund)
    = (alt.stand, alt.stand_nur_monat, alt.titel, alt.inhalt, alt.aenderungshinweis, alt.aenderungsart,
      alt.sperrfrist, alt.quelle, alt.nachtrag_grund);
  neu.inhalt := '';  -- long, and the name of the step does not depend on it
  alt.inhalt := '';
  vorgang := portal_step_name(to_jsonb(neu), CASE WHEN alt.history_id IS NOT NULL THEN to_jsonb(alt) END, gleicher_inhalt);
  IF vorgang IN ('freigabe', 'eilfreigabe') THEN
    angaben := (SELECT jsonb_build_object('pdf_sha256', sha256) FROM arbeitsmittel_fassungpdf WHERE fassung_id = neu.id);
  ELSIF vorgang = 'vorlage' THEN
    angaben := (SELECT jsonb_build_object('pdf_sha256', sha256) FROM arbeitsmittel_fassungpruefdruck
      WHERE objekt_id = neu.id AND pruefsumme = neu.pruefsumme);
  END IF;
  RETURN jsonb_build_object(
    'vorgang', vorgang,
    'bezeichnung', (SELECT arbeitsmittel_kennung(art, bezeichnung) FROM arbeitsmittel_arbeitsmittel
      WHERE id = neu.arbeitsmittel_id) || ', Stand ' ||
      to_char(neu.stand, CASE WHEN neu.stand_nur_monat THEN 'MM/YYYY' ELSE 'DD.MM.YYYY' END),
    'thema_art', 'arbeitsmittel', 'thema_id', neu.arbeitsmittel_id, 'angaben', coalesce(angaben, '{}'));
END $$;
"""
DROP_DESCRIPTIONS = """
DROP FUNCTION arbeitsmittel_describe_fassung(bigint);
DROP FUNCTION arbeitsmittel_describe_arbeitsmittel(bigint);
DROP FUNCTION arbeitsmittel_kennung(text, text);
"""

# The guards of earlier migrations, with a search path of their own from here on (portal migration 0004 says why).
FIX_SEARCH_PATH = """
ALTER FUNCTION arbeitsmittel_fassung_needs_pdf() SET search_path = public, pg_temp;
ALTER FUNCTION arbeitsmittel_pdf_needs_text() SET search_path = public, pg_temp;
ALTER FUNCTION arbeitsmittel_fassung_stand_not_past() SET search_path = public, pg_temp;
"""
UNFIX_SEARCH_PATH = """
ALTER FUNCTION arbeitsmittel_fassung_needs_pdf() RESET search_path;
ALTER FUNCTION arbeitsmittel_pdf_needs_text() RESET search_path;
ALTER FUNCTION arbeitsmittel_fassung_stand_not_past() RESET search_path;
"""

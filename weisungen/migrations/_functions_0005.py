"""SQL functions of the fifth migration: what an entry about a Weisung means to a reviewer. Never edited."""

CREATE_DESCRIPTIONS = """
CREATE FUNCTION weisungen_name(schluessel bigint) RETURNS text LANGUAGE sql STABLE RETURN (
  SELECT CASE typ WHEN 'weisung' THEN 'Weisung ' ELSE 'Information ' END || nummer
  FROM weisungen_weisung WHERE id = schluessel);

CREATE FUNCTION weisungen_kennung(schluessel bigint) RETURNS text LANGUAGE sql STABLE RETURN (
  SELECT arbeitsmittel_kennung(art, bezeichnung) FROM arbeitsmittel_arbeitsmittel WHERE id = schluessel);

CREATE FUNCTION weisungen_description(vorgang text, bezeichnung text, weisung bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE RETURN
  jsonb_build_object('vorgang', vorgang, 'bezeichnung', bezeichnung, 'thema_art', 'weisung', 'thema_id', weisung);

CREATE FUNCTION weisungen_describe_weisung(zeile bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  texte text[] := ARRAY['vorspann', 'ausgangssituation', 'auftrag_und_ziel', 'einzelauftraege', 'info', 'haushalt',
    'beteiligung', 'quelltext', 'befunde'];
  inhalt text[] := texte || ARRAY['typ', 'nummer', 'titel', 'datum', 'geschaeftszeichen', 'gueltig_ab', 'gueltig_bis',
    'sgb_ii', 'sgb_iii', 'familienkasse', 'rollen_zusatz', 'bezug', 'aufhebung', 'sperrfrist', 'quelle'];
  schluessel bigint;
  neu jsonb;
  alt jsonb;
  vorgang text;
  angaben jsonb := '{}';
BEGIN
  SELECT id, to_jsonb(h) INTO schluessel, neu FROM weisungen_historicalweisung h WHERE history_id = zeile;
  SELECT to_jsonb(h) INTO alt FROM weisungen_historicalweisung h
    WHERE id = schluessel AND history_id < zeile ORDER BY history_id DESC LIMIT 1;
  vorgang := portal_step_name(neu - texte, alt - texte, portal_pick(neu, inhalt) = portal_pick(alt, inhalt));
  IF vorgang IN ('vorlage', 'eilfreigabe') THEN
    angaben := (SELECT jsonb_build_object('pdf_sha256', sha256) FROM weisungen_weisungpruefdruck
      WHERE objekt_id = schluessel AND pruefsumme = neu ->> 'pruefsumme' ORDER BY id DESC LIMIT 1);
  END IF;
  RETURN weisungen_description(vorgang, CASE neu ->> 'typ' WHEN 'weisung' THEN 'Weisung ' ELSE 'Information ' END
    || (neu ->> 'nummer'), schluessel) || jsonb_build_object('angaben', coalesce(angaben, '{}'));
END $$;

CREATE FUNCTION weisungen_describe_umsetzung(zeile bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  neu weisungen_historicalumsetzung;
  alt weisungen_historicalumsetzung;
  mitglied bigint;  -- the Fassung that goes live with the Weisung, before and after
  bisher bigint;
BEGIN
  SELECT * INTO neu FROM weisungen_historicalumsetzung WHERE history_id = zeile;
  SELECT * INTO alt FROM weisungen_historicalumsetzung
    WHERE id = neu.id AND history_id < zeile ORDER BY history_id DESC LIMIT 1;
  mitglied := CASE WHEN neu.im_paket AND NOT neu.gestrichen THEN neu.fassung_id END;
  bisher := CASE WHEN alt.im_paket AND NOT alt.gestrichen THEN alt.fassung_id END;
  RETURN weisungen_description(CASE WHEN mitglied IS DISTINCT FROM bisher THEN 'paket' ELSE 'umsetzung' END,
    weisungen_name(neu.weisung_id) || ': ' || weisungen_kennung(neu.arbeitsmittel_id), neu.weisung_id);
END $$;

CREATE FUNCTION weisungen_describe_zitat(zeile bigint) RETURNS jsonb LANGUAGE sql STABLE RETURN (
  SELECT weisungen_description('zitat', weisungen_name(weisung_id) || ' zitiert ' || weisungen_kennung(arbeitsmittel_id),
    weisung_id)
  FROM weisungen_historicalzitat WHERE history_id = zeile);

CREATE FUNCTION weisungen_describe_aufhebung(zeile bigint) RETURNS jsonb LANGUAGE sql STABLE RETURN (
  SELECT weisungen_description('aufhebung', weisungen_name(weisung_id) || ' hebt auf: ' || text, weisung_id)
  FROM weisungen_historicalaufhebung WHERE history_id = zeile);
"""
DROP_DESCRIPTIONS = """
DROP FUNCTION weisungen_describe_aufhebung(bigint);
DROP FUNCTION weisungen_describe_zitat(bigint);
DROP FUNCTION weisungen_describe_umsetzung(bigint);
DROP FUNCTION weisungen_describe_weisung(bigint);
DROP FUNCTION weisungen_description(text, text, bigint);
DROP FUNCTION weisungen_kennung(bigint);
DROP FUNCTION weisungen_name(bigint);
"""

# The guards of earlier migrations, with a search path of their own from here on (portal migration 0004 says why).
FIX_SEARCH_PATH = """
ALTER FUNCTION weisungen_only_in_draft() SET search_path = public, pg_temp;
ALTER FUNCTION weisungen_package_fixed() SET search_path = public, pg_temp;
ALTER FUNCTION weisungen_package_whole() SET search_path = public, pg_temp;
ALTER FUNCTION weisungen_member_with_weisung() SET search_path = public, pg_temp;
"""
UNFIX_SEARCH_PATH = """
ALTER FUNCTION weisungen_only_in_draft() RESET search_path;
ALTER FUNCTION weisungen_package_fixed() RESET search_path;
ALTER FUNCTION weisungen_package_whole() RESET search_path;
ALTER FUNCTION weisungen_member_with_weisung() RESET search_path;
"""

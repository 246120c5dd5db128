"""SQL functions of the fourth migration, for the ledger. Never edited: a later migration replaces one.

`portal_chain(describe, comparison, columns …)` enters an inserted history row into the chain and refuses it where the
live row does not agree; `portal_commit_guard(comparison)` refuses a change that has no history row. Both run at commit.
The chain is locked from then until the transaction ends: by then it holds all row locks that it needs, so two of them
never wait for each other in a circle. The functions run as their owner, so that the portal's own role needs no right to
write the chain.

All functions that look into tables have a search path of their own: whoever is connected can make a temporary table,
which would else stand before the real one of its name, and be what a guard compares with.
"""

# Any number, but the same everywhere: "KETTE" on a telephone.
LOCK = 53883

CREATE_CHAIN = f"""
CREATE FUNCTION portal_pick(zeile jsonb, spalten text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
  SELECT jsonb_object_agg(spalte, zeile -> spalte) FROM unnest(spalten) spalte);

CREATE FUNCTION portal_sha256(inhalt text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  encode(sha256(convert_to(inhalt, 'UTF8')), 'hex');

CREATE FUNCTION portal_utc(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

CREATE FUNCTION portal_columns_of(eine_tabelle text, liste text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  summe text := portal_sha256(to_jsonb(liste)::text);
  gefunden bigint;
BEGIN
  SELECT id INTO gefunden FROM portal_spaltenliste WHERE tabelle = eine_tabelle AND pruefsumme = summe;
  IF gefunden IS NULL THEN
    INSERT INTO portal_spaltenliste (tabelle, spalten, pruefsumme) VALUES (eine_tabelle, to_jsonb(liste), summe)
    RETURNING id INTO gefunden;
  END IF;
  RETURN gefunden;
END $$;

CREATE FUNCTION portal_chain_append(eine_tabelle text, zeile jsonb, beschreiben text, liste text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  neu portal_eintrag;
  was jsonb;
  wer record;
BEGIN
  IF coalesce(zeile ->> 'history_change_reason', '') !~ '\\S' THEN
    RAISE EXCEPTION USING MESSAGE = 'Historie: Ein Eintrag braucht einen Grund.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (zeile ->> 'history_date')::timestamptz NOT BETWEEN '1900-01-01' AND '2200-01-01' THEN  -- infinity too
    RAISE EXCEPTION USING MESSAGE = 'Historie: Ein Eintrag braucht einen Zeitpunkt, den es gibt.',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT nummer, hash INTO neu.nummer, neu.vorher_hash FROM portal_eintrag ORDER BY nummer DESC LIMIT 1;
  neu.nummer := coalesce(neu.nummer, 0) + 1;
  neu.vorher_hash := coalesce(neu.vorher_hash, '');
  neu.tabelle := eine_tabelle;
  neu.zeile := zeile -> 'history_id';
  neu.objekt_id := zeile -> 'id';
  neu.grund := zeile ->> 'history_change_reason';
  neu.zeitpunkt := zeile ->> 'history_date';
  neu.person_id := zeile -> 'history_user_id';
  neu.erfasst_am := clock_timestamp();
  neu.spalten_id := portal_columns_of(eine_tabelle, liste);
  neu.inhalt_hash := portal_sha256(portal_pick(zeile, liste)::text);

  EXECUTE format('SELECT %I($1)', beschreiben) INTO was USING neu.zeile;
  neu.vorgang := was ->> 'vorgang';
  neu.bezeichnung := was ->> 'bezeichnung';
  neu.thema_art := was ->> 'thema_art';
  neu.thema_id := was -> 'thema_id';
  neu.angaben := coalesce(was -> 'angaben', '{{}}');

  SELECT coalesce(nullif(btrim(b.first_name || ' ' || b.last_name), ''), b.username) || ' (' || b.username || ')' AS name,
         b.dienststelle_id, coalesce(d.name, '') AS dienststelle
  INTO wer FROM portal_benutzer b LEFT JOIN portal_dienststelle d ON d.id = b.dienststelle_id WHERE b.id = neu.person_id;
  neu.person_name := wer.name;
  neu.dienststelle_id := wer.dienststelle_id;
  neu.dienststelle_name := wer.dienststelle;

  neu.hash := portal_sha256(neu.vorher_hash || portal_sha256(portal_entry_text(neu)));
  INSERT INTO portal_eintrag (nummer, tabelle, zeile, objekt_id, thema_art, thema_id, bezeichnung, vorgang, person_id,
      person_name, dienststelle_id, dienststelle_name, grund, zeitpunkt, erfasst_am, angaben, spalten_id, inhalt_hash,
      vorher_hash, hash)
    VALUES (neu.nummer, neu.tabelle, neu.zeile, neu.objekt_id, neu.thema_art, neu.thema_id, neu.bezeichnung, neu.vorgang,
      neu.person_id, neu.person_name, neu.dienststelle_id, neu.dienststelle_name, neu.grund, neu.zeitpunkt,
      neu.erfasst_am, neu.angaben, neu.spalten_id, neu.inhalt_hash, neu.vorher_hash, neu.hash);
END $$;

CREATE FUNCTION portal_refuse_unentered() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'Historie: Eine Änderung ohne ihren Eintrag in der Historie wird nicht gespeichert.',
    ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION portal_commit_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  differs boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id <> OLD.id THEN
    PERFORM portal_refuse_unentered();  -- under the old key a row would be gone, under the new one nobody would ask
  END IF;
  EXECUTE TG_ARGV[0] INTO differs USING CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
  IF differs THEN
    PERFORM portal_refuse_unentered();
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION portal_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  differs boolean;
BEGIN
  -- Before the comparison: a row that another transaction enters meanwhile is seen, or waits for this one.
  PERFORM pg_advisory_xact_lock({LOCK});
  EXECUTE TG_ARGV[1] INTO differs USING NEW.id;
  IF differs THEN
    PERFORM portal_refuse_unentered();
  END IF;
  PERFORM portal_chain_append(TG_TABLE_NAME::text, to_jsonb(NEW), TG_ARGV[0], TG_ARGV[2:]);
  RETURN NULL;
END $$;

CREATE FUNCTION portal_chain_older(eine_tabelle text, beschreiben text, liste text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  zeile jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  FOR zeile IN EXECUTE format('SELECT to_jsonb(h) FROM %I h ORDER BY history_id', eine_tabelle) LOOP
    PERFORM portal_chain_append(eine_tabelle, zeile, beschreiben, liste);
  END LOOP;
END $$;

-- Nobody but their owner puts them to use; triggers need no such right to fire.
REVOKE EXECUTE ON FUNCTION portal_chain(), portal_chain_append(text, jsonb, text, text[]),
  portal_columns_of(text, text[]), portal_chain_older(text, text, text[]) FROM PUBLIC;
"""

# What is hashed of an entry; `portal.ledger.entries.entry_text` says the same in Python.
CREATE_ENTRY_TEXT = """
CREATE FUNCTION portal_entry_text(e portal_eintrag) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN jsonb_build_array(1, e.nummer, e.tabelle, e.zeile, e.objekt_id, e.thema_art, e.thema_id, e.bezeichnung, e.vorgang,
    e.person_id, e.person_name, e.dienststelle_id, e.dienststelle_name, e.grund, portal_utc(e.zeitpunkt),
    portal_utc(e.erfasst_am), e.angaben, (SELECT pruefsumme FROM portal_spaltenliste WHERE id = e.spalten_id),
    e.inhalt_hash)::text;
END $$;
"""

DROP_CHAIN = """
DROP FUNCTION portal_chain_older(text, text, text[]);
DROP FUNCTION portal_chain();
DROP FUNCTION portal_commit_guard();
DROP FUNCTION portal_refuse_unentered();
DROP FUNCTION portal_chain_append(text, jsonb, text, text[]);
DROP FUNCTION portal_columns_of(text, text[]);
DROP FUNCTION portal_utc(timestamptz);
DROP FUNCTION portal_sha256(text);
DROP FUNCTION portal_pick(jsonb, text[]);
"""
DROP_ENTRY_TEXT = "DROP FUNCTION portal_entry_text(portal_eintrag);"

# The kind of an entry about something with `portal.freigabe`, read from two neighbouring history rows.
CREATE_STEP_NAME = """
CREATE FUNCTION portal_step_name(neu jsonb, alt jsonb, gleicher_inhalt boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  gesetzt text[] := ARRAY(
    SELECT name FROM unnest(ARRAY['veroeffentlicht_am', 'zurueckgezogen_am', 'verworfen_am', 'eil_bestaetigt_am',
      'geprueft_am', 'vorgelegt_am', 'zurueckgegeben_am']) name
    WHERE neu ->> name IS NOT NULL AND (alt IS NULL OR neu -> name IS DISTINCT FROM alt -> name));
BEGIN
  RETURN CASE
    WHEN 'veroeffentlicht_am' = ANY (gesetzt)
      THEN CASE neu ->> 'weg' WHEN 'eil' THEN 'eilfreigabe' WHEN 'uebernahme' THEN 'uebernahme' ELSE 'freigabe' END
    WHEN alt IS NULL THEN CASE WHEN neu ->> 'quelle' <> '' THEN 'uebernahme' ELSE 'angelegt' END
    WHEN 'zurueckgezogen_am' = ANY (gesetzt) THEN 'zurueckziehung'
    WHEN 'verworfen_am' = ANY (gesetzt) THEN 'verworfen'
    WHEN 'eil_bestaetigt_am' = ANY (gesetzt) THEN 'eilbestaetigung'
    WHEN 'geprueft_am' = ANY (gesetzt) THEN 'pruefung'
    WHEN 'vorgelegt_am' = ANY (gesetzt) THEN 'vorlage'
    WHEN 'zurueckgegeben_am' = ANY (gesetzt) THEN 'rueckgabe'
    WHEN gleicher_inhalt AND alt ->> 'vorgelegt_am' IS NOT NULL AND neu ->> 'vorgelegt_am' IS NULL
         AND alt -> 'verfasst_von_id' IS NOT DISTINCT FROM neu -> 'verfasst_von_id' THEN 'zurueckgeholt'
    ELSE 'bearbeitung'
  END;
END $$;
"""
DROP_STEP_NAME = "DROP FUNCTION portal_step_name(jsonb, jsonb, boolean);"

CREATE_DESCRIPTIONS = """
CREATE FUNCTION portal_describe_dienststelle(zeile bigint) RETURNS jsonb LANGUAGE sql STABLE RETURN (
  SELECT jsonb_build_object('vorgang', CASE history_type WHEN '+' THEN 'angelegt' ELSE 'dienststelle' END,
    'bezeichnung', name, 'thema_art', 'dienststelle', 'thema_id', id)
  FROM portal_historicaldienststelle WHERE history_id = zeile);

CREATE FUNCTION portal_roles_at(zeile bigint) RETURNS jsonb LANGUAGE sql STABLE RETURN (
  SELECT coalesce(jsonb_agg(g.name ORDER BY g.name COLLATE "C"), '[]')
  FROM portal_historicalbenutzer_groups r JOIN auth_group g ON g.id = r.group_id WHERE r.history_id = zeile);

CREATE FUNCTION portal_describe_person(zeile bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  neu portal_historicalbenutzer;
  vorher bigint;
  rollen jsonb := portal_roles_at(zeile);
BEGIN
  SELECT * INTO neu FROM portal_historicalbenutzer WHERE history_id = zeile;
  SELECT history_id INTO vorher FROM portal_historicalbenutzer
    WHERE id = neu.id AND history_id < zeile ORDER BY history_id DESC LIMIT 1;
  RETURN jsonb_build_object(
    'vorgang', CASE WHEN vorher IS NULL THEN 'angelegt' WHEN portal_roles_at(vorher) <> rollen THEN 'rollen'
      ELSE 'person' END,
    'bezeichnung', coalesce(nullif(btrim(neu.first_name || ' ' || neu.last_name), ''), neu.username)
      || ' (' || neu.username || ')',
    'thema_art', 'person', 'thema_id', neu.id, 'angaben', jsonb_build_object('rollen', rollen));
END $$;
"""
DROP_DESCRIPTIONS = """
DROP FUNCTION portal_describe_person(bigint);
DROP FUNCTION portal_roles_at(bigint);
DROP FUNCTION portal_describe_dienststelle(bigint);
"""

# Roles are rows of a table between two others, which has no history of its own: they stand beside the person's entry.
CREATE_ROLES_GUARD = """
CREATE FUNCTION portal_roles_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  person bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.benutzer_id ELSE NEW.benutzer_id END;
  neueste bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.benutzer_id <> OLD.benutzer_id THEN
    PERFORM portal_refuse_unentered();  -- handed on from one person to another: two changes, and only one is looked at
  END IF;
  SELECT history_id INTO neueste FROM portal_historicalbenutzer WHERE id = person ORDER BY history_id DESC LIMIT 1;
  IF (SELECT array_agg(group_id ORDER BY group_id) FROM portal_benutzer_groups WHERE benutzer_id = person)
     IS DISTINCT FROM
     (SELECT array_agg(group_id ORDER BY group_id) FROM portal_historicalbenutzer_groups WHERE history_id = neueste) THEN
    PERFORM portal_refuse_unentered();
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION portal_roles_entered() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT angaben -> 'rollen' FROM portal_eintrag WHERE tabelle = 'portal_historicalbenutzer' AND zeile = NEW.history_id)
     IS DISTINCT FROM portal_roles_at(NEW.history_id) THEN
    PERFORM portal_refuse_unentered();
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER portal_roles_guard AFTER INSERT OR UPDATE OR DELETE ON portal_benutzer_groups
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION portal_roles_guard();
CREATE CONSTRAINT TRIGGER portal_roles_entered AFTER INSERT ON portal_historicalbenutzer_groups
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION portal_roles_entered();
CREATE TRIGGER portal_roles_never_emptied BEFORE TRUNCATE ON portal_benutzer_groups
  FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse('Rollen: Gelöscht wird hier nichts.');
"""
DROP_ROLES_GUARD = """
DROP TRIGGER portal_roles_never_emptied ON portal_benutzer_groups;
DROP TRIGGER portal_roles_entered ON portal_historicalbenutzer_groups;
DROP TRIGGER portal_roles_guard ON portal_benutzer_groups;
DROP FUNCTION portal_roles_entered();
DROP FUNCTION portal_roles_guard();
"""

# What migration 0002 made, with a search path of its own from here on.
FIX_SEARCH_PATH = """
ALTER FUNCTION portal_wrote(text, bigint, bigint) SET search_path = public, pg_temp;
ALTER FUNCTION portal_freigabe_step() SET search_path = public, pg_temp;
"""
UNFIX_SEARCH_PATH = """
ALTER FUNCTION portal_freigabe_step() RESET search_path;
ALTER FUNCTION portal_wrote(text, bigint, bigint) RESET search_path;
"""

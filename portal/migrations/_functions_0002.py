"""SQL functions of the second migration, for the way of a release. Never edited: a later migration replaces one.

`portal_freigabe_step(noun, history table)` refuses what `portal.freigabe.steps` refuses, for whoever goes around it.
The columns named in it are those of `portal.freigabe.model.WORKFLOW`; all others are content.
"""

CREATE_WROTE = """
CREATE FUNCTION portal_wrote(history_table text, row_id bigint, person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  wrote boolean;
BEGIN
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM %I WHERE id = $1 AND coalesce(verfasst_von_id, history_user_id) = $2)', history_table
  ) INTO wrote USING row_id, person;
  RETURN wrote;
END $$;
"""
DROP_WROTE = "DROP FUNCTION portal_wrote(text, bigint, bigint);"

CREATE_STEP = """
CREATE FUNCTION portal_freigabe_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noun text := TG_ARGV[0];
  history_table text := TG_ARGV[1];
  workflow text[] := ARRAY[
    'version', 'suche', 'vorgelegt_am', 'vorgelegt_von_id', 'pruefsumme', 'geprueft_am', 'geprueft_von_id',
    'zurueckgegeben_am', 'zurueckgegeben_von_id', 'rueckgabe', 'weg', 'veroeffentlicht_am', 'veroeffentlicht_von_id',
    'sichtbar_ab', 'eil_grund', 'eil_bestaetigt_am', 'eil_bestaetigt_von_id', 'zurueckgezogen_am',
    'zurueckgezogen_von_id', 'zurueckgezogen_art', 'zurueckgezogen_grund', 'verworfen_am', 'verworfen_von_id',
    'verworfen_grund'];
  content_changed boolean;
  check_changed boolean;
  refusal text := NULL;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.vorgelegt_am IS NOT NULL OR NEW.geprueft_am IS NOT NULL
       OR NEW.veroeffentlicht_am IS NOT NULL AND (NEW.weg <> 'uebernahme' OR NEW.quelle = '') THEN
      RAISE EXCEPTION USING MESSAGE = noun || ': Am Anfang steht ein Entwurf.',
        ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;

  IF OLD.veroeffentlicht_am IS NULL THEN
    content_changed := (to_jsonb(NEW) - workflow) IS DISTINCT FROM (to_jsonb(OLD) - workflow);
    check_changed := content_changed OR NEW.pruefsumme <> OLD.pruefsumme
      OR NEW.vorgelegt_am IS DISTINCT FROM OLD.vorgelegt_am
      OR NEW.vorgelegt_von_id IS DISTINCT FROM OLD.vorgelegt_von_id;
    IF OLD.vorgelegt_am IS NOT NULL AND check_changed
       AND (NEW.geprueft_am IS NOT NULL AND OLD.geprueft_am IS NOT NULL
            OR NEW.vorgelegt_am IS NOT DISTINCT FROM OLD.vorgelegt_am) THEN
      refusal := 'Was zur Prüfung vorliegt, ändert sich nicht; eine Änderung hebt die Prüfung auf.';
    ELSIF NEW.geprueft_am IS NOT NULL AND (OLD.geprueft_am IS NULL OR NEW.geprueft_am <> OLD.geprueft_am
          OR NEW.geprueft_von_id <> OLD.geprueft_von_id) THEN
      IF OLD.vorgelegt_am IS NULL OR NEW.vorgelegt_am IS DISTINCT FROM OLD.vorgelegt_am THEN
        refusal := 'Geprüft wird nur, was zur Prüfung vorliegt.';
      ELSIF NEW.geprueft_von_id = NEW.vorgelegt_von_id
            OR portal_wrote(history_table, NEW.id, NEW.geprueft_von_id) THEN
        refusal := 'Das muss eine zweite Person prüfen, die nicht daran geschrieben hat.';
      END IF;
    END IF;
    IF refusal IS NULL AND NEW.veroeffentlicht_am IS NOT NULL THEN
      IF NEW.weg = 'pruefung' THEN
        IF OLD.geprueft_am IS NULL OR NEW.geprueft_am IS DISTINCT FROM OLD.geprueft_am OR check_changed THEN
          refusal := 'Veröffentlicht wird nur, was geprüft ist.';
        ELSIF NEW.veroeffentlicht_von_id = NEW.vorgelegt_von_id
              OR portal_wrote(history_table, NEW.id, NEW.veroeffentlicht_von_id) THEN
          refusal := 'Das muss eine zweite Person freigeben, die nicht daran geschrieben hat.';
        END IF;
      ELSIF NEW.weg = 'uebernahme' AND NEW.quelle = '' THEN
        refusal := 'Übernommen wird nur, was eine Quelle hat.';
      ELSIF NEW.weg = 'uebernahme' AND (OLD.version > 1 OR OLD.vorgelegt_am IS NOT NULL) THEN
        refusal := 'Was hier bearbeitet wurde, ist keine Übernahme mehr und braucht eine zweite Person.';
      END IF;
    END IF;
  ELSIF OLD.eil_bestaetigt_am IS NULL AND NEW.eil_bestaetigt_am IS NOT NULL
        AND (NEW.eil_bestaetigt_von_id = NEW.veroeffentlicht_von_id
             OR portal_wrote(history_table, NEW.id, NEW.eil_bestaetigt_von_id)) THEN
    refusal := 'Eine Eilfreigabe bestätigt eine andere Person.';
  ELSIF OLD.zurueckgezogen_am IS NULL AND NEW.zurueckgezogen_am IS NOT NULL AND NEW.zurueckgezogen_art = '' THEN
    refusal := 'Zum Zurückziehen gehört die Art.';
  END IF;

  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = noun || ': ' || refusal, ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
DROP_STEP = "DROP FUNCTION portal_freigabe_step();"

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from arbeitsmittel.migrations._functions_0001 import CREATE_NEEDS_PDF
from arbeitsmittel.migrations._functions_0002 import CREATE_STAND_NOT_PAST, DROP_STAND_NOT_PAST, NEEDS_PDF


class Migration(migrations.Migration):
    dependencies = [("arbeitsmittel", "0003_how_it_was_released")]

    operations = [
        migrations.RunSQL(NEEDS_PDF, CREATE_NEEDS_PDF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
        migrations.RunSQL(CREATE_STAND_NOT_PAST, DROP_STAND_NOT_PAST),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fassung",
            name="published_frozen",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fassung",
            name="withdrawal_frozen",
        ),
        migrations.RemoveConstraint(
            model_name="fassung",
            name="fassung_published_by_somebody",
        ),
        migrations.RemoveConstraint(
            model_name="fassung",
            name="fassung_withdrawn_with_reason",
        ),
        migrations.RemoveConstraint(
            model_name="fassung",
            name="fassung_one_open_draft",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="freigabe_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_freigabe_step('Fassung', 'arbeitsmittel_historicalfassung')",
                    func="RETURN NULL;",
                    hash="6a07d1b2b12b08b3d7a50c19d113eaac58221f09",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_freigabe_step_58be1",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="published_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."veroeffentlicht_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."stand" IS DISTINCT FROM (NEW."stand") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."aenderungshinweis" IS DISTINCT FROM (NEW."aenderungshinweis") OR OLD."aenderungsart" IS DISTINCT FROM (NEW."aenderungsart") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."nachtrag_grund" IS DISTINCT FROM (NEW."nachtrag_grund")))',
                    execute="portal_refuse('Fassung: Was veröffentlicht ist, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="f5238a61613b5f632a1eed3dc6360aedadc7b787",
                    operation="UPDATE",
                    pgid="pgtrigger_published_frozen_9ab8f",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="withdrawal_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."zurueckgezogen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_art" IS DISTINCT FROM (NEW."zurueckgezogen_art") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."stand" IS DISTINCT FROM (NEW."stand") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."aenderungshinweis" IS DISTINCT FROM (NEW."aenderungshinweis") OR OLD."aenderungsart" IS DISTINCT FROM (NEW."aenderungsart") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."nachtrag_grund" IS DISTINCT FROM (NEW."nachtrag_grund")))',
                    execute="portal_refuse('Fassung: Eine Zurückziehung ist endgültig.')",
                    func="RETURN NULL;",
                    hash="c2be62090f8fbc2e5cc5fa33cbb6865aa1aebf5b",
                    operation="UPDATE",
                    pgid="pgtrigger_withdrawal_frozen_4a686",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="confirmation_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."eil_bestaetigt_am" IS NOT NULL AND (OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id")))',
                    execute="portal_refuse('Fassung: Die Bestätigung einer Eilfreigabe ist endgültig.')",
                    func="RETURN NULL;",
                    hash="04a4fbc3000aed0155b221f33df0fb71baa63d78",
                    operation="UPDATE",
                    pgid="pgtrigger_confirmation_frozen_68b6a",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="discarded_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."verworfen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_art" IS DISTINCT FROM (NEW."zurueckgezogen_art") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."stand" IS DISTINCT FROM (NEW."stand") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."aenderungshinweis" IS DISTINCT FROM (NEW."aenderungshinweis") OR OLD."aenderungsart" IS DISTINCT FROM (NEW."aenderungsart") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."nachtrag_grund" IS DISTINCT FROM (NEW."nachtrag_grund")))',
                    execute="portal_refuse('Fassung: Was verworfen ist, bleibt verworfen.')",
                    func="RETURN NULL;",
                    hash="0a08d79a11fd2396de7b4cf058772e476a850ddc",
                    operation="UPDATE",
                    pgid="pgtrigger_discarded_frozen_cca22",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="stand_not_past",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."veroeffentlicht_am" IS NOT NULL AND OLD."veroeffentlicht_am" IS NULL)',
                    execute="arbeitsmittel_fassung_stand_not_past()",
                    func="RETURN NULL;",
                    hash="e1365b2bf4dc20a7bb60904f625e0abeffec3146",
                    operation="UPDATE",
                    pgid="pgtrigger_stand_not_past_d72e2",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sichtbar_ab__isnull", True),
                        ("veroeffentlicht_am__isnull", True),
                        ("veroeffentlicht_von__isnull", True),
                    ),
                    models.Q(
                        ("sichtbar_ab__isnull", False),
                        ("veroeffentlicht_am__isnull", False),
                        ("veroeffentlicht_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fassung_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorgelegt_am__isnull", True), ("vorgelegt_von__isnull", True)),
                    models.Q(("vorgelegt_am__isnull", False), ("vorgelegt_von__isnull", False)),
                    _connector="OR",
                ),
                name="fassung_submitted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geprueft_am__isnull", True), ("geprueft_von__isnull", True)),
                    models.Q(("geprueft_am__isnull", False), ("geprueft_von__isnull", False)),
                    _connector="OR",
                ),
                name="fassung_checked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("eil_bestaetigt_am__isnull", True), ("eil_bestaetigt_von__isnull", True)),
                    models.Q(("eil_bestaetigt_am__isnull", False), ("eil_bestaetigt_von__isnull", False)),
                    _connector="OR",
                ),
                name="fassung_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorgelegt_am__isnull", False), models.Q(("pruefsumme", ""), _negated=True)),
                    models.Q(("geprueft_am__isnull", True), ("pruefsumme", ""), ("vorgelegt_am__isnull", True)),
                    _connector="OR",
                ),
                name="fassung_checked_after_submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("veroeffentlicht_am__isnull", True), ("weg", "")),
                    models.Q(
                        ("sichtbar_ab__gte", models.F("veroeffentlicht_am")),
                        ("veroeffentlicht_am__isnull", False),
                        ("weg__in", ["pruefung", "eil", "uebernahme"]),
                    ),
                    _connector="OR",
                ),
                name="fassung_published_some_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weg", "eil"), models.Q(("eil_grund", ""), _negated=True)),
                    models.Q(
                        models.Q(("weg", "eil"), _negated=True), ("eil_bestaetigt_am__isnull", True), ("eil_grund", "")
                    ),
                    _connector="OR",
                ),
                name="fassung_emergency_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("zurueckgezogen_am__isnull", True),
                        ("zurueckgezogen_art", ""),
                        ("zurueckgezogen_grund", ""),
                        ("zurueckgezogen_von__isnull", True),
                    ),
                    models.Q(
                        ("veroeffentlicht_am__isnull", False),
                        ("zurueckgezogen_am__gte", models.F("veroeffentlicht_am")),
                        ("zurueckgezogen_art__in", ["", "irrtum", "ueberholt"]),
                        ("zurueckgezogen_von__isnull", False),
                        models.Q(("zurueckgezogen_grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fassung_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verworfen_am__isnull", True), ("verworfen_grund", ""), ("verworfen_von__isnull", True)),
                    models.Q(
                        ("veroeffentlicht_am__isnull", True),
                        ("verworfen_am__isnull", False),
                        ("verworfen_von__isnull", False),
                        models.Q(("verworfen_grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fassung_discarded_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("veroeffentlicht_am__isnull", True), ("verworfen_am__isnull", True)),
                fields=("arbeitsmittel",),
                name="fassung_one_open_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassungpruefdruck",
            constraint=models.UniqueConstraint(fields=("objekt", "pruefsumme"), name="fassungpruefdruck_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Prüfdruck: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="201b22dd9c5fa749eefd5dbf70a0589ad43c222a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_f54c8",
                    table="arbeitsmittel_fassungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Prüfdruck: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="7057caec6a07befc281f49f060f2a85448ff7de0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_77129",
                    table="arbeitsmittel_fassungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="pruefdruck_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."objekt_id" IS DISTINCT FROM (NEW."objekt_id"))',
                    execute="portal_refuse('Prüfdruck: Was zur Prüfung gezeigt wurde, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="7810cc49eb24181f5d4bd352adef9f2015b38970",
                    operation="UPDATE",
                    pgid="pgtrigger_pruefdruck_frozen_4bd6d",
                    table="arbeitsmittel_fassungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
    ]

import datetime

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from weisungen.migrations._functions_0002 import (
    CREATE_MEMBER_WITH_WEISUNG,
    CREATE_PACKAGE_FIXED,
    CREATE_PACKAGE_WHOLE,
    DROP_MEMBER_WITH_WEISUNG,
    DROP_PACKAGE_FIXED,
    DROP_PACKAGE_WHOLE,
)


class Migration(migrations.Migration):
    dependencies = [("weisungen", "0003_how_it_was_released")]

    operations = [
        migrations.RunSQL(CREATE_PACKAGE_FIXED, DROP_PACKAGE_FIXED),
        migrations.RunSQL(CREATE_PACKAGE_WHOLE, DROP_PACKAGE_WHOLE),
        migrations.RunSQL(CREATE_MEMBER_WITH_WEISUNG, DROP_MEMBER_WITH_WEISUNG),
        pgtrigger.migrations.RemoveTrigger(
            model_name="weisung",
            name="published_frozen",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="weisung",
            name="withdrawal_frozen",
        ),
        migrations.RemoveConstraint(
            model_name="weisung",
            name="weisung_published_by_somebody",
        ),
        migrations.RemoveConstraint(
            model_name="weisung",
            name="weisung_withdrawn_with_reason",
        ),
        migrations.RemoveConstraint(
            model_name="weisung",
            name="weisung_typ_and_nummer_unique",
        ),
        migrations.RemoveConstraint(
            model_name="weisung",
            name="weisung_slug_unique",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="freigabe_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_freigabe_step('Weisung', 'weisungen_historicalweisung')",
                    func="RETURN NULL;",
                    hash="5747eb33e65d6a0eab559d49a96859679d67d6a8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_freigabe_step_bae31",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="published_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."veroeffentlicht_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."typ" IS DISTINCT FROM (NEW."typ") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."geschaeftszeichen" IS DISTINCT FROM (NEW."geschaeftszeichen") OR OLD."gueltig_ab" IS DISTINCT FROM (NEW."gueltig_ab") OR OLD."gueltig_bis" IS DISTINCT FROM (NEW."gueltig_bis") OR OLD."sgb_ii" IS DISTINCT FROM (NEW."sgb_ii") OR OLD."sgb_iii" IS DISTINCT FROM (NEW."sgb_iii") OR OLD."familienkasse" IS DISTINCT FROM (NEW."familienkasse") OR OLD."rollen_zusatz" IS DISTINCT FROM (NEW."rollen_zusatz") OR OLD."bezug" IS DISTINCT FROM (NEW."bezug") OR OLD."aufhebung" IS DISTINCT FROM (NEW."aufhebung") OR OLD."vorspann" IS DISTINCT FROM (NEW."vorspann") OR OLD."ausgangssituation" IS DISTINCT FROM (NEW."ausgangssituation") OR OLD."auftrag_und_ziel" IS DISTINCT FROM (NEW."auftrag_und_ziel") OR OLD."einzelauftraege" IS DISTINCT FROM (NEW."einzelauftraege") OR OLD."info" IS DISTINCT FROM (NEW."info") OR OLD."haushalt" IS DISTINCT FROM (NEW."haushalt") OR OLD."beteiligung" IS DISTINCT FROM (NEW."beteiligung") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."quelltext" IS DISTINCT FROM (NEW."quelltext") OR OLD."befunde" IS DISTINCT FROM (NEW."befunde")))',
                    execute="portal_refuse('Weisung: Was veröffentlicht ist, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="b959653ea80a2206b7e56ce77bb513132d1e4c77",
                    operation="UPDATE",
                    pgid="pgtrigger_published_frozen_58693",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="withdrawal_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."zurueckgezogen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_art" IS DISTINCT FROM (NEW."zurueckgezogen_art") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."typ" IS DISTINCT FROM (NEW."typ") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."geschaeftszeichen" IS DISTINCT FROM (NEW."geschaeftszeichen") OR OLD."gueltig_ab" IS DISTINCT FROM (NEW."gueltig_ab") OR OLD."gueltig_bis" IS DISTINCT FROM (NEW."gueltig_bis") OR OLD."sgb_ii" IS DISTINCT FROM (NEW."sgb_ii") OR OLD."sgb_iii" IS DISTINCT FROM (NEW."sgb_iii") OR OLD."familienkasse" IS DISTINCT FROM (NEW."familienkasse") OR OLD."rollen_zusatz" IS DISTINCT FROM (NEW."rollen_zusatz") OR OLD."bezug" IS DISTINCT FROM (NEW."bezug") OR OLD."aufhebung" IS DISTINCT FROM (NEW."aufhebung") OR OLD."vorspann" IS DISTINCT FROM (NEW."vorspann") OR OLD."ausgangssituation" IS DISTINCT FROM (NEW."ausgangssituation") OR OLD."auftrag_und_ziel" IS DISTINCT FROM (NEW."auftrag_und_ziel") OR OLD."einzelauftraege" IS DISTINCT FROM (NEW."einzelauftraege") OR OLD."info" IS DISTINCT FROM (NEW."info") OR OLD."haushalt" IS DISTINCT FROM (NEW."haushalt") OR OLD."beteiligung" IS DISTINCT FROM (NEW."beteiligung") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."quelltext" IS DISTINCT FROM (NEW."quelltext") OR OLD."befunde" IS DISTINCT FROM (NEW."befunde")))',
                    execute="portal_refuse('Weisung: Eine Zurückziehung ist endgültig.')",
                    func="RETURN NULL;",
                    hash="2905b1a8bc93cbd019c549e5a37f9ae427cdd34e",
                    operation="UPDATE",
                    pgid="pgtrigger_withdrawal_frozen_9e369",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="confirmation_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."eil_bestaetigt_am" IS NOT NULL AND (OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id")))',
                    execute="portal_refuse('Weisung: Die Bestätigung einer Eilfreigabe ist endgültig.')",
                    func="RETURN NULL;",
                    hash="120646646fb0303e90ae1d622a189820d2e0bd4f",
                    operation="UPDATE",
                    pgid="pgtrigger_confirmation_frozen_e33e7",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="discarded_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."verworfen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."verfasst_von_id" IS DISTINCT FROM (NEW."verfasst_von_id") OR OLD."begruendungen" IS DISTINCT FROM (NEW."begruendungen") OR OLD."sperrfrist" IS DISTINCT FROM (NEW."sperrfrist") OR OLD."vorgelegt_am" IS DISTINCT FROM (NEW."vorgelegt_am") OR OLD."vorgelegt_von_id" IS DISTINCT FROM (NEW."vorgelegt_von_id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."geprueft_am" IS DISTINCT FROM (NEW."geprueft_am") OR OLD."geprueft_von_id" IS DISTINCT FROM (NEW."geprueft_von_id") OR OLD."zurueckgegeben_am" IS DISTINCT FROM (NEW."zurueckgegeben_am") OR OLD."zurueckgegeben_von_id" IS DISTINCT FROM (NEW."zurueckgegeben_von_id") OR OLD."rueckgabe" IS DISTINCT FROM (NEW."rueckgabe") OR OLD."weg" IS DISTINCT FROM (NEW."weg") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."sichtbar_ab" IS DISTINCT FROM (NEW."sichtbar_ab") OR OLD."eil_grund" IS DISTINCT FROM (NEW."eil_grund") OR OLD."eil_bestaetigt_am" IS DISTINCT FROM (NEW."eil_bestaetigt_am") OR OLD."eil_bestaetigt_von_id" IS DISTINCT FROM (NEW."eil_bestaetigt_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_art" IS DISTINCT FROM (NEW."zurueckgezogen_art") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."verworfen_am" IS DISTINCT FROM (NEW."verworfen_am") OR OLD."verworfen_von_id" IS DISTINCT FROM (NEW."verworfen_von_id") OR OLD."verworfen_grund" IS DISTINCT FROM (NEW."verworfen_grund") OR OLD."typ" IS DISTINCT FROM (NEW."typ") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."geschaeftszeichen" IS DISTINCT FROM (NEW."geschaeftszeichen") OR OLD."gueltig_ab" IS DISTINCT FROM (NEW."gueltig_ab") OR OLD."gueltig_bis" IS DISTINCT FROM (NEW."gueltig_bis") OR OLD."sgb_ii" IS DISTINCT FROM (NEW."sgb_ii") OR OLD."sgb_iii" IS DISTINCT FROM (NEW."sgb_iii") OR OLD."familienkasse" IS DISTINCT FROM (NEW."familienkasse") OR OLD."rollen_zusatz" IS DISTINCT FROM (NEW."rollen_zusatz") OR OLD."bezug" IS DISTINCT FROM (NEW."bezug") OR OLD."aufhebung" IS DISTINCT FROM (NEW."aufhebung") OR OLD."vorspann" IS DISTINCT FROM (NEW."vorspann") OR OLD."ausgangssituation" IS DISTINCT FROM (NEW."ausgangssituation") OR OLD."auftrag_und_ziel" IS DISTINCT FROM (NEW."auftrag_und_ziel") OR OLD."einzelauftraege" IS DISTINCT FROM (NEW."einzelauftraege") OR OLD."info" IS DISTINCT FROM (NEW."info") OR OLD."haushalt" IS DISTINCT FROM (NEW."haushalt") OR OLD."beteiligung" IS DISTINCT FROM (NEW."beteiligung") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."quelltext" IS DISTINCT FROM (NEW."quelltext") OR OLD."befunde" IS DISTINCT FROM (NEW."befunde")))',
                    execute="portal_refuse('Weisung: Was verworfen ist, bleibt verworfen.')",
                    func="RETURN NULL;",
                    hash="7bfd89f35691a832a7b53cc820a19d22f5896ede",
                    operation="UPDATE",
                    pgid="pgtrigger_discarded_frozen_1e482",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
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
                name="weisung_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorgelegt_am__isnull", True), ("vorgelegt_von__isnull", True)),
                    models.Q(("vorgelegt_am__isnull", False), ("vorgelegt_von__isnull", False)),
                    _connector="OR",
                ),
                name="weisung_submitted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geprueft_am__isnull", True), ("geprueft_von__isnull", True)),
                    models.Q(("geprueft_am__isnull", False), ("geprueft_von__isnull", False)),
                    _connector="OR",
                ),
                name="weisung_checked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("eil_bestaetigt_am__isnull", True), ("eil_bestaetigt_von__isnull", True)),
                    models.Q(("eil_bestaetigt_am__isnull", False), ("eil_bestaetigt_von__isnull", False)),
                    _connector="OR",
                ),
                name="weisung_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorgelegt_am__isnull", False), models.Q(("pruefsumme", ""), _negated=True)),
                    models.Q(("geprueft_am__isnull", True), ("pruefsumme", ""), ("vorgelegt_am__isnull", True)),
                    _connector="OR",
                ),
                name="weisung_checked_after_submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
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
                name="weisung_published_some_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weg", "eil"), models.Q(("eil_grund", ""), _negated=True)),
                    models.Q(
                        models.Q(("weg", "eil"), _negated=True), ("eil_bestaetigt_am__isnull", True), ("eil_grund", "")
                    ),
                    _connector="OR",
                ),
                name="weisung_emergency_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
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
                name="weisung_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
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
                name="weisung_discarded_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("verworfen_am__isnull", True), ("zurueckgezogen_am__isnull", True)),
                fields=("typ", "nummer"),
                name="weisung_typ_and_nummer_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("verworfen_am__isnull", True), ("zurueckgezogen_am__isnull", True)),
                fields=("slug",),
                name="weisung_slug_unique",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalumsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="06ab34607dbe803e5e4967be42c2acf8e50bc491",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_d4ff0",
                    table="weisungen_historicalumsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalumsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="d8f6ae1e525fa6fe96c5efde5f83ec06058c6c8d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_e3909",
                    table="weisungen_historicalumsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalumsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="ed766bbe99d7a2bce71695d4eb0cc620c02daaf0",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_17e40",
                    table="weisungen_historicalumsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="umsetzung",
            constraint=models.UniqueConstraint(fields=("weisung", "arbeitsmittel"), name="umsetzung_once_per_weisung"),
        ),
        migrations.AddConstraint(
            model_name="umsetzung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gestrichen", False), ("im_paket", True)),
                fields=("fassung",),
                name="umsetzung_fassung_in_one_package",
            ),
        ),
        migrations.AddConstraint(
            model_name="umsetzung",
            constraint=models.CheckConstraint(
                condition=models.Q(("im_paket", False), ("fassung__isnull", False), _connector="OR"),
                name="umsetzung_package_has_fassung",
            ),
        ),
        migrations.AddConstraint(
            model_name="umsetzung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entschuldigt_am__isnull", True),
                        ("entschuldigt_grund", ""),
                        ("entschuldigt_von__isnull", True),
                    ),
                    models.Q(
                        ("entschuldigt_am__isnull", False),
                        ("entschuldigt_von__isnull", False),
                        models.Q(("entschuldigt_grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="umsetzung_excused_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="umsetzung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soll_stand__isnull", True),
                    ("soll_stand__range", (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))),
                    _connector="OR",
                ),
                name="umsetzung_soll_stand_believable",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="umsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Umsetzung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="d8c5f8caae327790bb868cb0bdac96530879a147",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_14c8d",
                    table="weisungen_umsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="umsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Umsetzung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="de48a8c9a13c0826b5f1817a7e0c319c162ecaf0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_352e2",
                    table="weisungen_umsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="umsetzung",
            trigger=pgtrigger.compiler.Trigger(
                name="package_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="weisungen_package_fixed()",
                    func="RETURN NULL;",
                    hash="ff346ef9d1d569b92ecb80746441e922d42cf164",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_package_fixed_abc48",
                    table="weisungen_umsetzung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="weisungpruefdruck",
            constraint=models.UniqueConstraint(
                fields=("objekt", "pruefsumme", "sha256"), name="weisungpruefdruck_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Prüfdruck: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="1e802371a3bdf4db42bfca947eb91645eef540cf",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_a1bec",
                    table="weisungen_weisungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Prüfdruck: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="cd94702eb4f7c26db35514daa529114207cdc9cd",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_ce297",
                    table="weisungen_weisungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisungpruefdruck",
            trigger=pgtrigger.compiler.Trigger(
                name="pruefdruck_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."pruefsumme" IS DISTINCT FROM (NEW."pruefsumme") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."objekt_id" IS DISTINCT FROM (NEW."objekt_id"))',
                    execute="portal_refuse('Prüfdruck: Was zur Prüfung gezeigt wurde, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="0105be22d0bc3f38644435e85df00a4268fd4b0f",
                    operation="UPDATE",
                    pgid="pgtrigger_pruefdruck_frozen_c59fb",
                    table="weisungen_weisungpruefdruck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="package_whole",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."veroeffentlicht_am" IS NOT NULL AND OLD."veroeffentlicht_am" IS NULL)',
                    constraint="CONSTRAINT",
                    execute="weisungen_package_whole()",
                    func="RETURN NULL;",
                    hash="a8530731e8ba8941124fac9beb40231b19e4c8e2",
                    operation="UPDATE",
                    pgid="pgtrigger_package_whole_becf3",
                    table="weisungen_weisung",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]

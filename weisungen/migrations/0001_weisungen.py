import datetime

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.search
from weisungen.migrations import _functions_0001 as functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("arbeitsmittel", "0001_arbeitsmittel_and_fassungen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(functions.CREATE_ONLY_IN_DRAFT, functions.DROP_ONLY_IN_DRAFT),
        migrations.CreateModel(
            name="HistoricalWeisung",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("veroeffentlicht_am", models.DateTimeField(blank=True, null=True, verbose_name="Veröffentlicht am")),
                ("zurueckgezogen_am", models.DateTimeField(blank=True, null=True, verbose_name="Zurückgezogen am")),
                ("zurueckgezogen_grund", models.TextField(blank=True, verbose_name="Grund der Zurückziehung")),
                (
                    "typ",
                    models.CharField(
                        choices=[("weisung", "Weisung"), ("information", "Information")],
                        default="weisung",
                        max_length=12,
                        verbose_name="Typ",
                    ),
                ),
                (
                    "nummer",
                    models.CharField(
                        help_text="Jahr, Monat, laufende Nummer: 202305004",
                        max_length=9,
                        verbose_name="Laufende Nummer",
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=30, verbose_name="Adresse")),
                ("titel", models.CharField(max_length=300, verbose_name="Titel")),
                ("datum", models.DateField(verbose_name="Datum")),
                ("geschaeftszeichen", models.CharField(blank=True, max_length=200, verbose_name="Geschäftszeichen")),
                ("gueltig_ab", models.DateField(verbose_name="Gültig ab")),
                (
                    "gueltig_bis",
                    models.DateField(blank=True, help_text="leer = unbegrenzt", null=True, verbose_name="Gültig bis"),
                ),
                (
                    "sgb_ii",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="SGB II",
                    ),
                ),
                (
                    "sgb_iii",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="SGB III",
                    ),
                ),
                (
                    "familienkasse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="Familienkasse",
                    ),
                ),
                (
                    "rollen_zusatz",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="was bei einer Rolle in Klammern steht, je Feld",
                        verbose_name="Zusätze zu den Rollen",
                    ),
                ),
                ("bezug", models.TextField(blank=True, help_text="eine Zeile je Bezug", verbose_name="Bezug")),
                ("vorspann", models.TextField(blank=True, verbose_name="Vorspann")),
                ("ausgangssituation", models.TextField(blank=True, verbose_name="Ausgangssituation")),
                ("auftrag_und_ziel", models.TextField(blank=True, verbose_name="Auftrag und Ziel")),
                ("einzelauftraege", models.TextField(blank=True, verbose_name="Einzelaufträge")),
                ("info", models.TextField(blank=True, verbose_name="Info")),
                ("haushalt", models.TextField(blank=True, verbose_name="Haushalt")),
                ("beteiligung", models.TextField(blank=True, verbose_name="Beteiligung")),
                (
                    "quelle",
                    models.CharField(
                        blank=True, help_text="woher ein Import kam", max_length=300, verbose_name="Quelle"
                    ),
                ),
                (
                    "quelltext",
                    models.TextField(
                        blank=True, help_text="der eingelesene Wortlaut, Grundlage der Belege", verbose_name="Quelltext"
                    ),
                ),
                ("befunde", models.JSONField(blank=True, default=list, verbose_name="Befunde des Imports")),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "veroeffentlicht_von",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Veröffentlicht von",
                    ),
                ),
                (
                    "zurueckgezogen_von",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Zurückgezogen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Historie der Weisung",
                "verbose_name_plural": "Historie der Weisungen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Weisung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("veroeffentlicht_am", models.DateTimeField(blank=True, null=True, verbose_name="Veröffentlicht am")),
                ("zurueckgezogen_am", models.DateTimeField(blank=True, null=True, verbose_name="Zurückgezogen am")),
                ("zurueckgezogen_grund", models.TextField(blank=True, verbose_name="Grund der Zurückziehung")),
                (
                    "typ",
                    models.CharField(
                        choices=[("weisung", "Weisung"), ("information", "Information")],
                        default="weisung",
                        max_length=12,
                        verbose_name="Typ",
                    ),
                ),
                (
                    "nummer",
                    models.CharField(
                        help_text="Jahr, Monat, laufende Nummer: 202305004",
                        max_length=9,
                        verbose_name="Laufende Nummer",
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=30, verbose_name="Adresse")),
                ("titel", models.CharField(max_length=300, verbose_name="Titel")),
                ("datum", models.DateField(verbose_name="Datum")),
                ("geschaeftszeichen", models.CharField(blank=True, max_length=200, verbose_name="Geschäftszeichen")),
                ("gueltig_ab", models.DateField(verbose_name="Gültig ab")),
                (
                    "gueltig_bis",
                    models.DateField(blank=True, help_text="leer = unbegrenzt", null=True, verbose_name="Gültig bis"),
                ),
                (
                    "sgb_ii",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="SGB II",
                    ),
                ),
                (
                    "sgb_iii",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="SGB III",
                    ),
                ),
                (
                    "familienkasse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nicht-betroffen", "nicht betroffen"),
                            ("information", "Information"),
                            ("weisung", "Weisung"),
                        ],
                        max_length=16,
                        verbose_name="Familienkasse",
                    ),
                ),
                (
                    "rollen_zusatz",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="was bei einer Rolle in Klammern steht, je Feld",
                        verbose_name="Zusätze zu den Rollen",
                    ),
                ),
                ("bezug", models.TextField(blank=True, help_text="eine Zeile je Bezug", verbose_name="Bezug")),
                ("vorspann", models.TextField(blank=True, verbose_name="Vorspann")),
                ("ausgangssituation", models.TextField(blank=True, verbose_name="Ausgangssituation")),
                ("auftrag_und_ziel", models.TextField(blank=True, verbose_name="Auftrag und Ziel")),
                ("einzelauftraege", models.TextField(blank=True, verbose_name="Einzelaufträge")),
                ("info", models.TextField(blank=True, verbose_name="Info")),
                ("haushalt", models.TextField(blank=True, verbose_name="Haushalt")),
                ("beteiligung", models.TextField(blank=True, verbose_name="Beteiligung")),
                (
                    "quelle",
                    models.CharField(
                        blank=True, help_text="woher ein Import kam", max_length=300, verbose_name="Quelle"
                    ),
                ),
                (
                    "quelltext",
                    models.TextField(
                        blank=True, help_text="der eingelesene Wortlaut, Grundlage der Belege", verbose_name="Quelltext"
                    ),
                ),
                ("befunde", models.JSONField(blank=True, default=list, verbose_name="Befunde des Imports")),
                (
                    "suche",
                    models.GeneratedField(
                        db_persist=True,
                        expression=portal.search.SearchVector(
                            django.db.models.functions.text.Concat("nummer", models.Value(" "), "titel"),
                            django.db.models.functions.text.Concat(
                                models.F("vorspann"),
                                models.Value(" "),
                                models.F("ausgangssituation"),
                                models.Value(" "),
                                models.F("auftrag_und_ziel"),
                                models.Value(" "),
                                models.F("einzelauftraege"),
                                models.Value(" "),
                                models.F("info"),
                                models.Value(" "),
                                models.F("haushalt"),
                                models.Value(" "),
                                models.F("beteiligung"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "veroeffentlicht_von",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Veröffentlicht von",
                    ),
                ),
                (
                    "zurueckgezogen_von",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Zurückgezogen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Weisung",
                "verbose_name_plural": "Weisungen",
                "ordering": ["-datum", "-nummer"],
                "permissions": [("publish_weisung", "Darf Weisungen freigeben")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalZitat",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reihenfolge", models.PositiveSmallIntegerField(verbose_name="Reihenfolge")),
                (
                    "abschnitt",
                    models.PositiveSmallIntegerField(help_text="1 bis 6, 0 = Vorspann", verbose_name="Abschnitt"),
                ),
                ("beleg", models.TextField(help_text="der Wortlaut der Fundstelle", verbose_name="Beleg")),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Zeichen ab Beginn des Quelltextes", verbose_name="Position"),
                ),
                ("stand_gedruckt", models.DateField(blank=True, null=True, verbose_name="Gedruckter Stand")),
                ("stand_nur_monat", models.BooleanField(default=False, verbose_name="Nur der Monat ist bekannt")),
                ("stand_bei_erlass", models.DateField(verbose_name="Stand bei Erlass")),
                (
                    "bei_erlass_angenommen",
                    models.BooleanField(default=True, verbose_name="Stand bei Erlass ist angenommen"),
                ),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "arbeitsmittel",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="arbeitsmittel.arbeitsmittel",
                        verbose_name="Arbeitsmittel",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "weisung",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="weisungen.weisung",
                        verbose_name="Weisung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Historie des Zitats",
                "verbose_name_plural": "Historie der Zitate",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAufhebung",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reihenfolge", models.PositiveSmallIntegerField(verbose_name="Reihenfolge")),
                ("text", models.TextField(verbose_name="Wortlaut")),
                (
                    "ziel_typ",
                    models.CharField(
                        blank=True,
                        choices=[("weisung", "Weisung"), ("information", "Information")],
                        max_length=12,
                        verbose_name="Typ der aufgehobenen Regelung",
                    ),
                ),
                (
                    "ziel_nummer",
                    models.CharField(blank=True, max_length=9, verbose_name="Nummer der aufgehobenen Regelung"),
                ),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "weisung",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="weisungen.weisung",
                        verbose_name="Weisung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Historie der Aufhebung",
                "verbose_name_plural": "Historie der Aufhebungen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Aufhebung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reihenfolge", models.PositiveSmallIntegerField(verbose_name="Reihenfolge")),
                ("text", models.TextField(verbose_name="Wortlaut")),
                (
                    "ziel_typ",
                    models.CharField(
                        blank=True,
                        choices=[("weisung", "Weisung"), ("information", "Information")],
                        max_length=12,
                        verbose_name="Typ der aufgehobenen Regelung",
                    ),
                ),
                (
                    "ziel_nummer",
                    models.CharField(blank=True, max_length=9, verbose_name="Nummer der aufgehobenen Regelung"),
                ),
                (
                    "weisung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aufhebungen",
                        to="weisungen.weisung",
                        verbose_name="Weisung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Aufhebung",
                "verbose_name_plural": "Aufhebungen",
                "ordering": ["weisung", "reihenfolge"],
            },
        ),
        migrations.CreateModel(
            name="Zitat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reihenfolge", models.PositiveSmallIntegerField(verbose_name="Reihenfolge")),
                (
                    "abschnitt",
                    models.PositiveSmallIntegerField(help_text="1 bis 6, 0 = Vorspann", verbose_name="Abschnitt"),
                ),
                ("beleg", models.TextField(help_text="der Wortlaut der Fundstelle", verbose_name="Beleg")),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Zeichen ab Beginn des Quelltextes", verbose_name="Position"),
                ),
                ("stand_gedruckt", models.DateField(blank=True, null=True, verbose_name="Gedruckter Stand")),
                ("stand_nur_monat", models.BooleanField(default=False, verbose_name="Nur der Monat ist bekannt")),
                ("stand_bei_erlass", models.DateField(verbose_name="Stand bei Erlass")),
                (
                    "bei_erlass_angenommen",
                    models.BooleanField(default=True, verbose_name="Stand bei Erlass ist angenommen"),
                ),
                (
                    "arbeitsmittel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zitate",
                        to="arbeitsmittel.arbeitsmittel",
                        verbose_name="Arbeitsmittel",
                    ),
                ),
                (
                    "weisung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zitate",
                        to="weisungen.weisung",
                        verbose_name="Weisung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zitat",
                "verbose_name_plural": "Zitate",
                "ordering": ["weisung", "reihenfolge"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalweisung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="a03c1bea2de5d14a3e7847a9cbe0538e9d5a328d",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_d1adf",
                    table="weisungen_historicalweisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalweisung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="61dd65b8dde464ae248b1fd118e2996b63bfb716",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4ed03",
                    table="weisungen_historicalweisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalweisung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="6dc93350577b7726e49b0cb215b3c00cdc49a20b",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_f7e4e",
                    table="weisungen_historicalweisung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="weisung",
            index=django.contrib.postgres.indexes.GinIndex(fields=["suche"], name="weisung_suche"),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("veroeffentlicht_am__isnull", True), ("veroeffentlicht_von__isnull", True)),
                    models.Q(("veroeffentlicht_am__isnull", False), ("veroeffentlicht_von__isnull", False)),
                    _connector="OR",
                ),
                name="weisung_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("zurueckgezogen_am__isnull", True),
                        ("zurueckgezogen_grund", ""),
                        ("zurueckgezogen_von__isnull", True),
                    ),
                    models.Q(
                        ("veroeffentlicht_am__isnull", False),
                        ("zurueckgezogen_am__gte", models.F("veroeffentlicht_am")),
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
            constraint=models.UniqueConstraint(
                condition=models.Q(("zurueckgezogen_am__isnull", True)),
                fields=("typ", "nummer"),
                name="weisung_typ_and_nummer_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("zurueckgezogen_am__isnull", True)), fields=("slug",), name="weisung_slug_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("veroeffentlicht_am__isnull", True), models.Q(("titel", ""), _negated=True), _connector="OR"
                ),
                name="weisung_published_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("typ__in", ["weisung", "information"]),
                    ("sgb_ii__in", ["", "nicht-betroffen", "information", "weisung"]),
                    ("sgb_iii__in", ["", "nicht-betroffen", "information", "weisung"]),
                    ("familienkasse__in", ["", "nicht-betroffen", "information", "weisung"]),
                ),
                name="weisung_choices_exist",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("datum__isnull", True),
                    ("datum__range", (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))),
                    _connector="OR",
                ),
                name="weisung_datum_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gueltig_ab__isnull", True),
                    ("gueltig_ab__range", (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))),
                    _connector="OR",
                ),
                name="weisung_gueltig_ab_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gueltig_bis__isnull", True),
                    ("gueltig_bis__range", (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))),
                    _connector="OR",
                ),
                name="weisung_gueltig_bis_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(("nummer__regex", "^(19|20)\\d\\d(0[1-9]|1[0-2])\\d{3}$")),
                name="weisung_nummer_is_year_month_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="weisung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gueltig_bis__isnull", True), ("gueltig_bis__gte", models.F("gueltig_ab")), _connector="OR"
                ),
                name="weisung_ends_after_it_begins",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Weisung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="ee552a08d4ddaafd7277251f653f1a7a55e71473",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_3f8a8",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weisung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Weisung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="1a12c403fe44b538b49d8adfc8a945fa3f901ae5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d0797",
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
                    condition='WHEN (OLD."veroeffentlicht_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."typ" IS DISTINCT FROM (NEW."typ") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."geschaeftszeichen" IS DISTINCT FROM (NEW."geschaeftszeichen") OR OLD."gueltig_ab" IS DISTINCT FROM (NEW."gueltig_ab") OR OLD."gueltig_bis" IS DISTINCT FROM (NEW."gueltig_bis") OR OLD."sgb_ii" IS DISTINCT FROM (NEW."sgb_ii") OR OLD."sgb_iii" IS DISTINCT FROM (NEW."sgb_iii") OR OLD."familienkasse" IS DISTINCT FROM (NEW."familienkasse") OR OLD."rollen_zusatz" IS DISTINCT FROM (NEW."rollen_zusatz") OR OLD."bezug" IS DISTINCT FROM (NEW."bezug") OR OLD."vorspann" IS DISTINCT FROM (NEW."vorspann") OR OLD."ausgangssituation" IS DISTINCT FROM (NEW."ausgangssituation") OR OLD."auftrag_und_ziel" IS DISTINCT FROM (NEW."auftrag_und_ziel") OR OLD."einzelauftraege" IS DISTINCT FROM (NEW."einzelauftraege") OR OLD."info" IS DISTINCT FROM (NEW."info") OR OLD."haushalt" IS DISTINCT FROM (NEW."haushalt") OR OLD."beteiligung" IS DISTINCT FROM (NEW."beteiligung") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."quelltext" IS DISTINCT FROM (NEW."quelltext") OR OLD."befunde" IS DISTINCT FROM (NEW."befunde")))',
                    execute="portal_refuse('Weisung: Was veröffentlicht ist, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="87de17a39952687e9e4c9af351cdfe8d4caee035",
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
                    condition='WHEN (OLD."zurueckgezogen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."typ" IS DISTINCT FROM (NEW."typ") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."geschaeftszeichen" IS DISTINCT FROM (NEW."geschaeftszeichen") OR OLD."gueltig_ab" IS DISTINCT FROM (NEW."gueltig_ab") OR OLD."gueltig_bis" IS DISTINCT FROM (NEW."gueltig_bis") OR OLD."sgb_ii" IS DISTINCT FROM (NEW."sgb_ii") OR OLD."sgb_iii" IS DISTINCT FROM (NEW."sgb_iii") OR OLD."familienkasse" IS DISTINCT FROM (NEW."familienkasse") OR OLD."rollen_zusatz" IS DISTINCT FROM (NEW."rollen_zusatz") OR OLD."bezug" IS DISTINCT FROM (NEW."bezug") OR OLD."vorspann" IS DISTINCT FROM (NEW."vorspann") OR OLD."ausgangssituation" IS DISTINCT FROM (NEW."ausgangssituation") OR OLD."auftrag_und_ziel" IS DISTINCT FROM (NEW."auftrag_und_ziel") OR OLD."einzelauftraege" IS DISTINCT FROM (NEW."einzelauftraege") OR OLD."info" IS DISTINCT FROM (NEW."info") OR OLD."haushalt" IS DISTINCT FROM (NEW."haushalt") OR OLD."beteiligung" IS DISTINCT FROM (NEW."beteiligung") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle") OR OLD."quelltext" IS DISTINCT FROM (NEW."quelltext") OR OLD."befunde" IS DISTINCT FROM (NEW."befunde")))',
                    execute="portal_refuse('Weisung: Eine Zurückziehung ist endgültig.')",
                    func="RETURN NULL;",
                    hash="2541c20d563b378f8184a2c7df0c78f05503e31f",
                    operation="UPDATE",
                    pgid="pgtrigger_withdrawal_frozen_9e369",
                    table="weisungen_weisung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalzitat",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="3813dfae5e54c005372275d4939a0eb25f5be530",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_8ffac",
                    table="weisungen_historicalzitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalzitat",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="5a2812222648f4bb95eb5e9421713da414c263f7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1ceb1",
                    table="weisungen_historicalzitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalzitat",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="65415644be8cf4e2cf9ceaf62d6520bd6402af84",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_66766",
                    table="weisungen_historicalzitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalaufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="f80f3b84c75b4d89f79f25e17ae2ec44cd083697",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_4fe5f",
                    table="weisungen_historicalaufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalaufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="0f119df66264c695b73e866d2df6f7f989bfe638",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_21f90",
                    table="weisungen_historicalaufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalaufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="27540183b6160fcd923ccb5f9c953a7a7735d8d1",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_901cc",
                    table="weisungen_historicalaufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="aufhebung",
            index=models.Index(fields=["ziel_typ", "ziel_nummer"], name="aufhebung_ziel"),
        ),
        migrations.AddConstraint(
            model_name="aufhebung",
            constraint=models.UniqueConstraint(fields=("weisung", "reihenfolge"), name="aufhebung_reihenfolge_unique"),
        ),
        migrations.AddConstraint(
            model_name="aufhebung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ziel_nummer", ""), ("ziel_typ", "")),
                    models.Q(
                        ("ziel_typ__in", ["weisung", "information"]), models.Q(("ziel_nummer", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="aufhebung_ziel_is_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Aufhebung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="1b1efac3e48a8f2769cf91a1652a28a44f0af337",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_f9ae3",
                    table="weisungen_aufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Aufhebung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="4897d5e594d8b3c51808917cb9c8846162f6ac8c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_be4ca",
                    table="weisungen_aufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="aufhebung_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."weisung_id" IS DISTINCT FROM (NEW."weisung_id") OR OLD."reihenfolge" IS DISTINCT FROM (NEW."reihenfolge") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."ziel_typ" IS DISTINCT FROM (NEW."ziel_typ") OR OLD."ziel_nummer" IS DISTINCT FROM (NEW."ziel_nummer"))',
                    execute="portal_refuse('Aufhebung: Sie bleibt, wie sie erfasst ist.')",
                    func="RETURN NULL;",
                    hash="6d6258eec98bda6bdd2ac3e83ebd9cf3addf9890",
                    operation="UPDATE",
                    pgid="pgtrigger_aufhebung_frozen_4a2de",
                    table="weisungen_aufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aufhebung",
            trigger=pgtrigger.compiler.Trigger(
                name="only_in_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="weisungen_only_in_draft()",
                    func="RETURN NULL;",
                    hash="f90a4dd2b07bd0827986bfbc453be1731b7482f1",
                    operation="INSERT",
                    pgid="pgtrigger_only_in_draft_cc631",
                    table="weisungen_aufhebung",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="zitat",
            constraint=models.UniqueConstraint(fields=("weisung", "reihenfolge"), name="zitat_reihenfolge_unique"),
        ),
        migrations.AddConstraint(
            model_name="zitat",
            constraint=models.CheckConstraint(condition=models.Q(("abschnitt__lte", 6)), name="zitat_abschnitt_exists"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="zitat",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Zitat: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="71aac19ccd0b79e40eda6335b3de7a9b11fe3b59",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_e85e3",
                    table="weisungen_zitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="zitat",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Zitat: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="0968a5a46fe46447c794471cf84a7343d36d1db5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_158eb",
                    table="weisungen_zitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="zitat",
            trigger=pgtrigger.compiler.Trigger(
                name="zitat_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."weisung_id" IS DISTINCT FROM (NEW."weisung_id") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."reihenfolge" IS DISTINCT FROM (NEW."reihenfolge") OR OLD."abschnitt" IS DISTINCT FROM (NEW."abschnitt") OR OLD."beleg" IS DISTINCT FROM (NEW."beleg") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."stand_gedruckt" IS DISTINCT FROM (NEW."stand_gedruckt") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."stand_bei_erlass" IS DISTINCT FROM (NEW."stand_bei_erlass") OR OLD."bei_erlass_angenommen" IS DISTINCT FROM (NEW."bei_erlass_angenommen"))',
                    execute="portal_refuse('Zitat: Was zitiert wurde, bleibt, wie es erfasst ist.')",
                    func="RETURN NULL;",
                    hash="6ad346621fe94771f242cad39c1f0ceb337034c8",
                    operation="UPDATE",
                    pgid="pgtrigger_zitat_frozen_ed717",
                    table="weisungen_zitat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="zitat",
            trigger=pgtrigger.compiler.Trigger(
                name="only_in_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="weisungen_only_in_draft()",
                    func="RETURN NULL;",
                    hash="79afcb8d94565a4341005541f27482f1e1b45710",
                    operation="INSERT",
                    pgid="pgtrigger_only_in_draft_7a55e",
                    table="weisungen_zitat",
                    when="BEFORE",
                ),
            ),
        ),
    ]

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

import arbeitsmittel.kennung
import portal.search
from arbeitsmittel.migrations import _functions_0001 as functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(functions.CREATE_NEEDS_PDF, functions.DROP_NEEDS_PDF),
        migrations.RunSQL(functions.CREATE_PDF_NEEDS_TEXT, functions.DROP_PDF_NEEDS_TEXT),
        migrations.CreateModel(
            name="Fassung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("veroeffentlicht_am", models.DateTimeField(blank=True, null=True, verbose_name="Veröffentlicht am")),
                ("zurueckgezogen_am", models.DateTimeField(blank=True, null=True, verbose_name="Zurückgezogen am")),
                ("zurueckgezogen_grund", models.TextField(blank=True, verbose_name="Grund der Zurückziehung")),
                ("stand", models.DateField(verbose_name="Stand")),
                (
                    "stand_nur_monat",
                    models.BooleanField(
                        default=False,
                        help_text="Der Stand ist dann der Erste des Monats.",
                        verbose_name="Nur der Monat des Standes ist bekannt",
                    ),
                ),
                ("titel", models.CharField(blank=True, max_length=250, verbose_name="Titel")),
                ("inhalt", models.TextField(blank=True, verbose_name="Text")),
                ("aenderungshinweis", models.TextField(blank=True, verbose_name="Änderungshinweis")),
                (
                    "aenderungsart",
                    models.CharField(
                        blank=True,
                        choices=[("fachlich", "fachlich"), ("redaktionell", "redaktionell")],
                        max_length=12,
                        verbose_name="Art der Änderung",
                    ),
                ),
                (
                    "quelle",
                    models.TextField(
                        blank=True, help_text="Woher der Stand bekannt ist, wenn der Text fehlt.", verbose_name="Quelle"
                    ),
                ),
                (
                    "suche",
                    models.GeneratedField(
                        db_persist=True,
                        expression=portal.search.SearchVector("titel", "inhalt"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung",
                "verbose_name_plural": "Fassungen",
                "ordering": ["arbeitsmittel", "-stand"],
                "permissions": [("publish_fassung", "Darf Fassungen freigeben")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FassungPdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inhalt", models.BinaryField(verbose_name="Bytes")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "PDF einer Fassung",
                "verbose_name_plural": "PDF der Fassungen",
            },
        ),
        migrations.CreateModel(
            name="HistoricalArbeitsmittel",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "art",
                    models.CharField(
                        choices=[("glf-ah-ez", "GLF/AH EZ"), ("glf-sc", "GLF SC"), ("emb-ah", "EMB AH")],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "bezeichnung",
                    models.CharField(
                        help_text="3.001a oder Umzug und Ortswechsel", max_length=120, verbose_name="Nummer oder Name"
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=140, verbose_name="Adresse")),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "Historie des Arbeitsmittels",
                "verbose_name_plural": "Historie der Arbeitsmittel",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFassung",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("veroeffentlicht_am", models.DateTimeField(blank=True, null=True, verbose_name="Veröffentlicht am")),
                ("zurueckgezogen_am", models.DateTimeField(blank=True, null=True, verbose_name="Zurückgezogen am")),
                ("zurueckgezogen_grund", models.TextField(blank=True, verbose_name="Grund der Zurückziehung")),
                ("stand", models.DateField(verbose_name="Stand")),
                (
                    "stand_nur_monat",
                    models.BooleanField(
                        default=False,
                        help_text="Der Stand ist dann der Erste des Monats.",
                        verbose_name="Nur der Monat des Standes ist bekannt",
                    ),
                ),
                ("titel", models.CharField(blank=True, max_length=250, verbose_name="Titel")),
                ("inhalt", models.TextField(blank=True, verbose_name="Text")),
                ("aenderungshinweis", models.TextField(blank=True, verbose_name="Änderungshinweis")),
                (
                    "aenderungsart",
                    models.CharField(
                        blank=True,
                        choices=[("fachlich", "fachlich"), ("redaktionell", "redaktionell")],
                        max_length=12,
                        verbose_name="Art der Änderung",
                    ),
                ),
                (
                    "quelle",
                    models.TextField(
                        blank=True, help_text="Woher der Stand bekannt ist, wenn der Text fehlt.", verbose_name="Quelle"
                    ),
                ),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "Historie der Fassung",
                "verbose_name_plural": "Historie der Fassungen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Arbeitsmittel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "art",
                    models.CharField(
                        choices=[("glf-ah-ez", "GLF/AH EZ"), ("glf-sc", "GLF SC"), ("emb-ah", "EMB AH")],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "bezeichnung",
                    models.CharField(
                        help_text="3.001a oder Umzug und Ortswechsel", max_length=120, verbose_name="Nummer oder Name"
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=140, unique=True, verbose_name="Adresse")),
                (
                    "bereich_rang",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(models.Q(("art", arbeitsmittel.kennung.Art["GLF_EZ"])), then=models.Value(1)),
                            models.When(
                                models.Q(
                                    ("art", arbeitsmittel.kennung.Art["GLF_SC"]), ("bezeichnung__startswith", "2")
                                ),
                                then=models.Value(2),
                            ),
                            models.When(models.Q(("art", arbeitsmittel.kennung.Art["GLF_SC"])), then=models.Value(3)),
                            default=models.Value(4),
                        ),
                        output_field=models.PositiveSmallIntegerField(),
                    ),
                ),
                (
                    "thema",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    (
                                        "art__in",
                                        [arbeitsmittel.kennung.Art["GLF_EZ"], arbeitsmittel.kennung.Art["GLF_SC"]],
                                    )
                                ),
                                then=django.db.models.functions.text.Substr("bezeichnung", 3, 3),
                            ),
                            default=models.Value(""),
                        ),
                        output_field=models.CharField(max_length=3),
                    ),
                ),
            ],
            options={
                "verbose_name": "Arbeitsmittel",
                "verbose_name_plural": "Arbeitsmittel",
                "ordering": ["bereich_rang", "slug"],
                "indexes": [
                    models.Index(fields=["bereich_rang", "slug"], name="arbeitsmittel_in_order"),
                    models.Index(fields=["thema"], name="arbeitsmittel_thema"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("art"),
                        django.db.models.functions.text.Lower("bezeichnung"),
                        name="arbeitsmittel_kennung_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("art", arbeitsmittel.kennung.Art["GLF_EZ"]),
                                ("bezeichnung__regex", "^1\\.\\d{3}[a-z]?$"),
                            ),
                            models.Q(
                                ("art", arbeitsmittel.kennung.Art["GLF_SC"]),
                                ("bezeichnung__regex", "^[23]\\.\\d{3}[a-z]?$"),
                            ),
                            models.Q(
                                ("art", arbeitsmittel.kennung.Art["EMB_AH"]), ("bezeichnung__regex", "^\\S.*\\S$")
                            ),
                            _connector="OR",
                        ),
                        name="arbeitsmittel_bezeichnung_fits_art",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    (
                                        "art__in",
                                        [arbeitsmittel.kennung.Art["GLF_EZ"], arbeitsmittel.kennung.Art["GLF_SC"]],
                                    )
                                ),
                                (
                                    "slug",
                                    django.db.models.functions.text.Concat("art", models.Value("-"), "bezeichnung"),
                                ),
                            ),
                            models.Q(
                                ("art", arbeitsmittel.kennung.Art["EMB_AH"]), ("slug__regex", "^emb-ah(-[a-z0-9]+)+$")
                            ),
                            _connector="OR",
                        ),
                        name="arbeitsmittel_slug_is_the_kennung",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Arbeitsmittel: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="15c812dc51f80facc1ef0454f3625d12f6bc8155",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_d4a4b",
                    table="arbeitsmittel_arbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Arbeitsmittel: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="c588ae96aae526b271eb4b92c2f45946b7601808",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1ab41",
                    table="arbeitsmittel_arbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="identity_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."art" IS DISTINCT FROM (NEW."art") OR OLD."bezeichnung" IS DISTINCT FROM (NEW."bezeichnung") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    execute="portal_refuse('Arbeitsmittel: Die Kennung ändert sich nie.')",
                    func="RETURN NULL;",
                    hash="78bb25f75207da9c57a838796c37082933db2d8d",
                    operation="UPDATE",
                    pgid="pgtrigger_identity_frozen_41755",
                    table="arbeitsmittel_arbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="fassung",
            name="arbeitsmittel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fassungen",
                to="arbeitsmittel.arbeitsmittel",
                verbose_name="Arbeitsmittel",
            ),
        ),
        migrations.AddField(
            model_name="fassung",
            name="veroeffentlicht_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Veröffentlicht von",
            ),
        ),
        migrations.AddField(
            model_name="fassung",
            name="zurueckgezogen_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zurückgezogen von",
            ),
        ),
        migrations.AddField(
            model_name="fassungpdf",
            name="fassung",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pdf",
                to="arbeitsmittel.fassung",
                verbose_name="Fassung",
            ),
        ),
        migrations.AddField(
            model_name="historicalarbeitsmittel",
            name="history_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="arbeitsmittel",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="arbeitsmittel.arbeitsmittel",
                verbose_name="Arbeitsmittel",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="history_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="veroeffentlicht_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Veröffentlicht von",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="zurueckgezogen_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zurückgezogen von",
            ),
        ),
        migrations.AddIndex(
            model_name="fassung",
            index=django.contrib.postgres.indexes.GinIndex(fields=["suche"], name="fassung_suche"),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("veroeffentlicht_am__isnull", True), ("veroeffentlicht_von__isnull", True)),
                    models.Q(("veroeffentlicht_am__isnull", False), ("veroeffentlicht_von__isnull", False)),
                    _connector="OR",
                ),
                name="fassung_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
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
                name="fassung_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("veroeffentlicht_am__isnull", False), ("zurueckgezogen_am__isnull", True)),
                fields=("arbeitsmittel", "stand"),
                name="fassung_one_live_per_stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("veroeffentlicht_am__isnull", True)),
                fields=("arbeitsmittel",),
                name="fassung_one_open_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("veroeffentlicht_am__isnull", True),
                    models.Q(
                        models.Q(("inhalt", ""), _negated=True),
                        models.Q(("titel", ""), _negated=True),
                        models.Q(("aenderungshinweis", ""), _negated=True),
                        models.Q(("aenderungsart", ""), _negated=True),
                        ("quelle", ""),
                    ),
                    models.Q(
                        ("aenderungsart", ""),
                        ("aenderungshinweis", ""),
                        ("inhalt", ""),
                        ("titel", ""),
                        models.Q(("quelle", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fassung_published_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(("aenderungsart__in", ["", "fachlich", "redaktionell"])),
                name="fassung_aenderungsart_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand__isnull", True),
                    ("stand__range", (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))),
                    _connector="OR",
                ),
                name="fassung_stand_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="fassung",
            constraint=models.CheckConstraint(
                condition=models.Q(("stand_nur_monat", False), ("stand__day", 1), _connector="OR"),
                name="fassung_month_stands_on_its_first_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Fassung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="91dc10704cc7f3612311cb4126d771bddeaa4a44",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_8480f",
                    table="arbeitsmittel_fassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Fassung: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="ab564627c4a0c069358b00f96175fe0062053388",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_a30e6",
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
                    condition='WHEN (OLD."veroeffentlicht_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."stand" IS DISTINCT FROM (NEW."stand") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."aenderungshinweis" IS DISTINCT FROM (NEW."aenderungshinweis") OR OLD."aenderungsart" IS DISTINCT FROM (NEW."aenderungsart") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle")))',
                    execute="portal_refuse('Fassung: Was veröffentlicht ist, ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="2e2109dd25e73ec9d44b44cc5974b47012a96242",
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
                    condition='WHEN (OLD."zurueckgezogen_am" IS NOT NULL AND (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."veroeffentlicht_am" IS DISTINCT FROM (NEW."veroeffentlicht_am") OR OLD."veroeffentlicht_von_id" IS DISTINCT FROM (NEW."veroeffentlicht_von_id") OR OLD."zurueckgezogen_am" IS DISTINCT FROM (NEW."zurueckgezogen_am") OR OLD."zurueckgezogen_von_id" IS DISTINCT FROM (NEW."zurueckgezogen_von_id") OR OLD."zurueckgezogen_grund" IS DISTINCT FROM (NEW."zurueckgezogen_grund") OR OLD."arbeitsmittel_id" IS DISTINCT FROM (NEW."arbeitsmittel_id") OR OLD."stand" IS DISTINCT FROM (NEW."stand") OR OLD."stand_nur_monat" IS DISTINCT FROM (NEW."stand_nur_monat") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."aenderungshinweis" IS DISTINCT FROM (NEW."aenderungshinweis") OR OLD."aenderungsart" IS DISTINCT FROM (NEW."aenderungsart") OR OLD."quelle" IS DISTINCT FROM (NEW."quelle")))',
                    execute="portal_refuse('Fassung: Eine Zurückziehung ist endgültig.')",
                    func="RETURN NULL;",
                    hash="5400acc8e02238c984b29d822e883e4208ee612f",
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
                name="published_has_pdf",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."veroeffentlicht_am" IS NOT NULL AND NOT (NEW."inhalt" = \'\'))',
                    constraint="CONSTRAINT",
                    execute="arbeitsmittel_fassung_needs_pdf()",
                    func="RETURN NULL;",
                    hash="7eca77a8dc0487322a117e83a7632fb2992f152e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_published_has_pdf_0e822",
                    table="arbeitsmittel_fassung",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fassungpdf",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func("inhalt", function="sha256"),
                            models.Value("hex"),
                            function="encode",
                            output_field=models.CharField(),
                        ),
                    )
                ),
                name="pdf_sha256_is_the_checksum",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpdf",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('PDF: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="73792b9b684a9b2ded4bc384a2e27198a1abee4f",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_fb8c0",
                    table="arbeitsmittel_fassungpdf",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpdf",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('PDF: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="4f56778b5dfa7f94247bb10b257d487018c2fe98",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_18409",
                    table="arbeitsmittel_fassungpdf",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpdf",
            trigger=pgtrigger.compiler.Trigger(
                name="pdf_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."fassung_id" IS DISTINCT FROM (NEW."fassung_id") OR OLD."inhalt" IS DISTINCT FROM (NEW."inhalt") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256"))',
                    execute="portal_refuse('PDF: Eine abgelegte Datei ändert sich nicht.')",
                    func="RETURN NULL;",
                    hash="02d790ca1f7b30eee43136a816cb070f6bb4343a",
                    operation="UPDATE",
                    pgid="pgtrigger_pdf_frozen_df250",
                    table="arbeitsmittel_fassungpdf",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fassungpdf",
            trigger=pgtrigger.compiler.Trigger(
                name="pdf_needs_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="arbeitsmittel_pdf_needs_text()",
                    func="RETURN NULL;",
                    hash="60e25d8201bd945d340ac04795a687043d61d6fa",
                    operation="INSERT",
                    pgid="pgtrigger_pdf_needs_text_0b70a",
                    table="arbeitsmittel_fassungpdf",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalarbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="ab40ef3e828916bc72215e2b79a92c6877cb3f51",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_dba90",
                    table="arbeitsmittel_historicalarbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalarbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="c08a17d636087e416af52eb129fef80257e95d70",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_0822b",
                    table="arbeitsmittel_historicalarbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalarbeitsmittel",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="a337c595727ad2ed0b700235bb9234163493339b",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_a37c1",
                    table="arbeitsmittel_historicalarbeitsmittel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalfassung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="fc512106240ce8e3f5907e2123a7daeaa3c566de",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_28483",
                    table="arbeitsmittel_historicalfassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalfassung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="036f65c85a7d4b07fcc0993f3fcd0f7930bdd5bf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_ca26e",
                    table="arbeitsmittel_historicalfassung",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalfassung",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="9a1efd2814cde5e44621646f4310a8d7b0ddcea6",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_47a46",
                    table="arbeitsmittel_historicalfassung",
                    when="BEFORE",
                ),
            ),
        ),
    ]

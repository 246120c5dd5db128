import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("weisungen", "0001_weisungen"), ("arbeitsmittel", "0004_guards_of_the_release")]

    operations = [
        migrations.AlterModelOptions(
            name="weisung",
            options={
                "ordering": ["-datum", "-nummer"],
                "permissions": [
                    ("publish_weisung", "Darf Weisungen prüfen, freigeben und zurückziehen"),
                    ("rush_weisung", "Darf Weisungen allein in Eile freigeben"),
                ],
                "verbose_name": "Weisung",
                "verbose_name_plural": "Weisungen",
            },
        ),
        migrations.CreateModel(
            name="HistoricalUmsetzung",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "was",
                    models.TextField(
                        blank=True,
                        help_text="was die Weisung für dieses Arbeitsmittel ankündigt",
                        verbose_name="Angekündigt",
                    ),
                ),
                ("soll_stand", models.DateField(verbose_name="Angekündigter Stand")),
                ("im_paket", models.BooleanField(default=False, verbose_name="Wird mit der Weisung veröffentlicht")),
                ("gestrichen", models.BooleanField(default=False, verbose_name="Wieder aus der Weisung genommen")),
                ("entschuldigt_am", models.DateTimeField(blank=True, null=True, verbose_name="Entschuldigt am")),
                ("entschuldigt_grund", models.TextField(blank=True, verbose_name="Warum nichts kam oder kommt")),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "Historie der Umsetzung",
                "verbose_name_plural": "Historie der Umsetzungen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Umsetzung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "was",
                    models.TextField(
                        blank=True,
                        help_text="was die Weisung für dieses Arbeitsmittel ankündigt",
                        verbose_name="Angekündigt",
                    ),
                ),
                ("soll_stand", models.DateField(verbose_name="Angekündigter Stand")),
                ("im_paket", models.BooleanField(default=False, verbose_name="Wird mit der Weisung veröffentlicht")),
                ("gestrichen", models.BooleanField(default=False, verbose_name="Wieder aus der Weisung genommen")),
                ("entschuldigt_am", models.DateTimeField(blank=True, null=True, verbose_name="Entschuldigt am")),
                ("entschuldigt_grund", models.TextField(blank=True, verbose_name="Warum nichts kam oder kommt")),
            ],
            options={
                "verbose_name": "Umsetzung",
                "verbose_name_plural": "Umsetzungen",
                "ordering": ["weisung", "arbeitsmittel__bereich_rang", "arbeitsmittel__slug"],
            },
        ),
        migrations.CreateModel(
            name="WeisungPruefdruck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pruefsumme", models.CharField(max_length=64, verbose_name="Prüfsumme")),
                ("inhalt", models.BinaryField(verbose_name="Bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "Prüfdruck einer Weisung",
                "verbose_name_plural": "Prüfdrucke der Weisungen",
            },
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="aufhebung",
            field=models.TextField(
                blank=True, help_text="eine Zeile je Regelung", verbose_name="Aufhebung von Regelungen"
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="begruendungen",
            field=models.JSONField(blank=True, default=dict, verbose_name="Begründungen zu Warnungen"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="eil_bestaetigt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Eilfreigabe bestätigt am"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="eil_bestaetigt_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Eilfreigabe bestätigt von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="eil_grund",
            field=models.TextField(blank=True, verbose_name="Grund der Eilfreigabe"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="geprueft_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Geprüft am"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="geprueft_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Geprüft von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="pruefsumme",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="Prüfsumme"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="rueckgabe",
            field=models.TextField(blank=True, verbose_name="Anmerkung der Prüfung"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="sichtbar_ab",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Für Leser sichtbar ab"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="sperrfrist",
            field=models.BooleanField(
                default=False, help_text="Bis zum Stand unsichtbar statt vorab angekündigt.", verbose_name="Sperrfrist"
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="verfasst_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zuletzt verfasst von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Version"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="verworfen_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Verworfen am"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="verworfen_grund",
            field=models.TextField(blank=True, verbose_name="Grund des Verwerfens"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="verworfen_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Verworfen von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="vorgelegt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zur Prüfung vorgelegt am"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="vorgelegt_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zur Prüfung vorgelegt von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="weg",
            field=models.CharField(
                blank=True,
                choices=[
                    ("pruefung", "geprüft von einer zweiten Person"),
                    ("eil", "Eilfreigabe"),
                    ("uebernahme", "übernommen aus einer Quelle"),
                ],
                max_length=12,
                verbose_name="Weg der Freigabe",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="zurueckgegeben_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zurückgegeben am"),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="zurueckgegeben_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zurückgegeben von",
            ),
        ),
        migrations.AddField(
            model_name="historicalweisung",
            name="zurueckgezogen_art",
            field=models.CharField(
                blank=True,
                choices=[("irrtum", "irrtümlich veröffentlicht"), ("ueberholt", "überholt")],
                max_length=10,
                verbose_name="Art der Zurückziehung",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="aufhebung",
            field=models.TextField(
                blank=True, help_text="eine Zeile je Regelung", verbose_name="Aufhebung von Regelungen"
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="begruendungen",
            field=models.JSONField(blank=True, default=dict, verbose_name="Begründungen zu Warnungen"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="eil_bestaetigt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Eilfreigabe bestätigt am"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="eil_bestaetigt_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Eilfreigabe bestätigt von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="eil_grund",
            field=models.TextField(blank=True, verbose_name="Grund der Eilfreigabe"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="geprueft_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Geprüft am"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="geprueft_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Geprüft von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="pruefsumme",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="Prüfsumme"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="rueckgabe",
            field=models.TextField(blank=True, verbose_name="Anmerkung der Prüfung"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="sichtbar_ab",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Für Leser sichtbar ab"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="sperrfrist",
            field=models.BooleanField(
                default=False, help_text="Bis zum Stand unsichtbar statt vorab angekündigt.", verbose_name="Sperrfrist"
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="verfasst_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zuletzt verfasst von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Version"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="verworfen_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Verworfen am"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="verworfen_grund",
            field=models.TextField(blank=True, verbose_name="Grund des Verwerfens"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="verworfen_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Verworfen von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="vorgelegt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zur Prüfung vorgelegt am"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="vorgelegt_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zur Prüfung vorgelegt von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="weg",
            field=models.CharField(
                blank=True,
                choices=[
                    ("pruefung", "geprüft von einer zweiten Person"),
                    ("eil", "Eilfreigabe"),
                    ("uebernahme", "übernommen aus einer Quelle"),
                ],
                max_length=12,
                verbose_name="Weg der Freigabe",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="zurueckgegeben_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zurückgegeben am"),
        ),
        migrations.AddField(
            model_name="weisung",
            name="zurueckgegeben_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zurückgegeben von",
            ),
        ),
        migrations.AddField(
            model_name="weisung",
            name="zurueckgezogen_art",
            field=models.CharField(
                blank=True,
                choices=[("irrtum", "irrtümlich veröffentlicht"), ("ueberholt", "überholt")],
                max_length=10,
                verbose_name="Art der Zurückziehung",
            ),
        ),
        migrations.AlterField(
            model_name="historicalzitat",
            name="stand_bei_erlass",
            field=models.DateField(help_text="leer: es gab noch keinen", null=True, verbose_name="Stand bei Erlass"),
        ),
        migrations.AlterField(
            model_name="zitat",
            name="stand_bei_erlass",
            field=models.DateField(help_text="leer: es gab noch keinen", null=True, verbose_name="Stand bei Erlass"),
        ),
        migrations.AddField(
            model_name="historicalumsetzung",
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
            model_name="historicalumsetzung",
            name="entschuldigt_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Entschuldigt von",
            ),
        ),
        migrations.AddField(
            model_name="historicalumsetzung",
            name="fassung",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="arbeitsmittel.fassung",
                verbose_name="Fassung",
            ),
        ),
        migrations.AddField(
            model_name="historicalumsetzung",
            name="history_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="historicalumsetzung",
            name="weisung",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="weisungen.weisung",
                verbose_name="Weisung",
            ),
        ),
        migrations.AddField(
            model_name="umsetzung",
            name="arbeitsmittel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="umsetzungen",
                to="arbeitsmittel.arbeitsmittel",
                verbose_name="Arbeitsmittel",
            ),
        ),
        migrations.AddField(
            model_name="umsetzung",
            name="entschuldigt_von",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Entschuldigt von",
            ),
        ),
        migrations.AddField(
            model_name="umsetzung",
            name="fassung",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="umsetzungen",
                to="arbeitsmittel.fassung",
                verbose_name="Fassung",
            ),
        ),
        migrations.AddField(
            model_name="umsetzung",
            name="weisung",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="umsetzungen",
                to="weisungen.weisung",
                verbose_name="Weisung",
            ),
        ),
        migrations.AddField(
            model_name="weisungpruefdruck",
            name="objekt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pruefdrucke",
                to="weisungen.weisung",
                verbose_name="Weisung",
            ),
        ),
    ]

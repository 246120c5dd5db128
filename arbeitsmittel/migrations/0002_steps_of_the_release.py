import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arbeitsmittel", "0001_arbeitsmittel_and_fassungen"), ("portal", "0002_functions_of_the_release")]

    operations = [
        migrations.AlterModelOptions(
            name="fassung",
            options={
                "ordering": ["arbeitsmittel", "-stand"],
                "permissions": [
                    ("publish_fassung", "Darf Fassungen prüfen, freigeben und zurückziehen"),
                    ("rush_fassung", "Darf Fassungen allein in Eile freigeben"),
                ],
                "verbose_name": "Fassung",
                "verbose_name_plural": "Fassungen",
            },
        ),
        migrations.CreateModel(
            name="FassungPruefdruck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pruefsumme", models.CharField(max_length=64, verbose_name="Prüfsumme")),
                ("inhalt", models.BinaryField(verbose_name="Bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "Prüfdruck einer Fassung",
                "verbose_name_plural": "Prüfdrucke der Fassungen",
            },
        ),
        migrations.AddField(
            model_name="fassung",
            name="begruendungen",
            field=models.JSONField(blank=True, default=dict, verbose_name="Begründungen zu Warnungen"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="eil_bestaetigt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Eilfreigabe bestätigt am"),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
            name="eil_grund",
            field=models.TextField(blank=True, verbose_name="Grund der Eilfreigabe"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="geprueft_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Geprüft am"),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
            name="nachtrag_grund",
            field=models.TextField(
                blank=True,
                help_text="Nur, wenn der Stand vor der Freigabe liegt.",
                verbose_name="Grund der nachträglichen Erfassung",
            ),
        ),
        migrations.AddField(
            model_name="fassung",
            name="pruefsumme",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="Prüfsumme"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="rueckgabe",
            field=models.TextField(blank=True, verbose_name="Anmerkung der Prüfung"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="sichtbar_ab",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Für Leser sichtbar ab"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="sperrfrist",
            field=models.BooleanField(
                default=False, help_text="Bis zum Stand unsichtbar statt vorab angekündigt.", verbose_name="Sperrfrist"
            ),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Version"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="verworfen_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Verworfen am"),
        ),
        migrations.AddField(
            model_name="fassung",
            name="verworfen_grund",
            field=models.TextField(blank=True, verbose_name="Grund des Verwerfens"),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
            name="vorgelegt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zur Prüfung vorgelegt am"),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
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
            model_name="fassung",
            name="zurueckgegeben_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zurückgegeben am"),
        ),
        migrations.AddField(
            model_name="fassung",
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
            model_name="fassung",
            name="zurueckgezogen_art",
            field=models.CharField(
                blank=True,
                choices=[("irrtum", "irrtümlich veröffentlicht"), ("ueberholt", "überholt")],
                max_length=10,
                verbose_name="Art der Zurückziehung",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="begruendungen",
            field=models.JSONField(blank=True, default=dict, verbose_name="Begründungen zu Warnungen"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="eil_bestaetigt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Eilfreigabe bestätigt am"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="eil_grund",
            field=models.TextField(blank=True, verbose_name="Grund der Eilfreigabe"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="geprueft_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Geprüft am"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="nachtrag_grund",
            field=models.TextField(
                blank=True,
                help_text="Nur, wenn der Stand vor der Freigabe liegt.",
                verbose_name="Grund der nachträglichen Erfassung",
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="pruefsumme",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="Prüfsumme"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="rueckgabe",
            field=models.TextField(blank=True, verbose_name="Anmerkung der Prüfung"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="sichtbar_ab",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Für Leser sichtbar ab"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="sperrfrist",
            field=models.BooleanField(
                default=False, help_text="Bis zum Stand unsichtbar statt vorab angekündigt.", verbose_name="Sperrfrist"
            ),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Version"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="verworfen_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Verworfen am"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
            name="verworfen_grund",
            field=models.TextField(blank=True, verbose_name="Grund des Verwerfens"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="vorgelegt_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zur Prüfung vorgelegt am"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="zurueckgegeben_am",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zurückgegeben am"),
        ),
        migrations.AddField(
            model_name="historicalfassung",
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
            model_name="historicalfassung",
            name="zurueckgezogen_art",
            field=models.CharField(
                blank=True,
                choices=[("irrtum", "irrtümlich veröffentlicht"), ("ueberholt", "überholt")],
                max_length=10,
                verbose_name="Art der Zurückziehung",
            ),
        ),
        migrations.AddField(
            model_name="fassungpruefdruck",
            name="objekt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pruefdrucke",
                to="arbeitsmittel.fassung",
                verbose_name="Fassung",
            ),
        ),
    ]

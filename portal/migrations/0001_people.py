import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from portal.migrations import _functions_0001 as functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(functions.CREATE_REFUSE, functions.DROP_REFUSE),
        migrations.RunSQL(functions.CREATE_SEARCH, functions.DROP_SEARCH),
        migrations.CreateModel(
            name="HistoricalBenutzer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        db_index=True,
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("history_change_reason", models.TextField(verbose_name="Grund")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "Historie der Person",
                "verbose_name_plural": "Historie der Personen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalBenutzer_groups",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalBenutzer_groups",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDienststelle",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("agentur", "Agentur für Arbeit"),
                            ("service-center", "Service Center"),
                            ("zentrale", "Zentrale"),
                        ],
                        max_length=20,
                        verbose_name="Art",
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
                "verbose_name": "Historie der Dienststelle",
                "verbose_name_plural": "Historie der Dienststellen",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Dienststelle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("agentur", "Agentur für Arbeit"),
                            ("service-center", "Service Center"),
                            ("zentrale", "Zentrale"),
                        ],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
            ],
            options={
                "verbose_name": "Dienststelle",
                "verbose_name_plural": "Dienststellen",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="dienststelle_name_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Benutzer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "dienststelle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.dienststelle",
                        verbose_name="Dienststelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "Person",
                "verbose_name_plural": "Personen",
                "ordering": ["username"],
                "permissions": [("open_redaktion", "Darf den Arbeitsplatz der Redaktion öffnen")],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dienststelle",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Dienststelle: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="ef7636da7720478194fc1e2148575264261ef92a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_a31f6",
                    table="portal_dienststelle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dienststelle",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Dienststelle: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="63761abcc5904f3cf88b985386aaf6153b2fb426",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_8f40a",
                    table="portal_dienststelle",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="historicalbenutzer",
            name="dienststelle",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.dienststelle",
                verbose_name="Dienststelle",
            ),
        ),
        migrations.AddField(
            model_name="historicalbenutzer",
            name="history_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="historicalbenutzer_groups",
            name="benutzer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_tablespace="",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalbenutzer_groups",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_tablespace="",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="auth.group",
            ),
        ),
        migrations.AddField(
            model_name="historicalbenutzer_groups",
            name="history",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="portal.historicalbenutzer"
            ),
        ),
        migrations.AddField(
            model_name="historicaldienststelle",
            name="history_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddConstraint(
            model_name="benutzer",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"), name="benutzer_username_unique_ignoring_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="benutzer",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False)), name="benutzer_no_superuser"
            ),
        ),
        migrations.AddConstraint(
            model_name="benutzer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("username__iexact", "system"), _negated=True), ("is_active", False), _connector="OR"
                ),
                name="benutzer_system_never_signs_in",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="benutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Person: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="022217bd9577e7d9ca5e5a803caca55b5f738582",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_346e8",
                    table="portal_benutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="benutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Person: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="b968e85cc3eb264c7d9625e9d2a35ed17863a0f0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_f731f",
                    table="portal_benutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="benutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="system_keeps_its_name",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"username\" = 'system' AND NOT (NEW.\"username\" = 'system'))",
                    execute="portal_refuse('Person: Der Name des Systems bleibt.')",
                    func="RETURN NULL;",
                    hash="ddb37a48d193e9097f4990df8614db7439580ef7",
                    operation="UPDATE",
                    pgid="pgtrigger_system_keeps_its_name_7a523",
                    table="portal_benutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="5e7f031ccee2825a12aca43f66ee50d1ea0b9093",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_32d09",
                    table="portal_historicalbenutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="f545061e74df2a7d6782d335ae4b640a060f12b9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_c9278",
                    table="portal_historicalbenutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="0436d92ce7c2aa1273b8b2316bc8879cb8c48674",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_b7690",
                    table="portal_historicalbenutzer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer_groups",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="c1a8b17546716a6e7331322e6c1b68268ea4915a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_d89c6",
                    table="portal_historicalbenutzer_groups",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer_groups",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="215c071d8edbef9a7952a4d7541ba388be17b5e0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_73603",
                    table="portal_historicalbenutzer_groups",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicalbenutzer_groups",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="15b436efa43e7996b75c12a57ad985ea822c3270",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_45f22",
                    table="portal_historicalbenutzer_groups",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicaldienststelle",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="2f29deced06a0e003de6f27ddd5d7ec96eb59f1f",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_c0e59",
                    table="portal_historicaldienststelle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicaldienststelle",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Gelöscht wird hier nichts.')",
                    func="RETURN NULL;",
                    hash="aaaeb2006fdfb4ebebb4b617cbd0969aa2b9a8bb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_da57d",
                    table="portal_historicaldienststelle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historicaldienststelle",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="portal_refuse('Historie: Ein Eintrag wird nicht geändert.')",
                    func="RETURN NULL;",
                    hash="4fcc91732d5f838c60443b0c302a2c55fafbafa7",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_d3ff0",
                    table="portal_historicaldienststelle",
                    when="BEFORE",
                ),
            ),
        ),
    ]

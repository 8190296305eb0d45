import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rejoinder_accounts", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
        # A host project may have an image model of its own.
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorIndex",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of authors",
                "db_table": "rejoinder_author_index",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="AuthorPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("role", models.CharField(blank=True, default="", max_length=120, verbose_name="role")),
                (
                    "biography",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="biography"),
                ),
            ],
            options={
                "verbose_name": "author",
                "db_table": "rejoinder_author",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SectionIndex",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of sections",
                "db_table": "rejoinder_section_index",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SectionPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="description"),
                ),
            ],
            options={
                "verbose_name": "section",
                "db_table": "rejoinder_section",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryIndex",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "stories",
                "db_table": "rejoinder_story_index",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(blank=True, default="", max_length=600, verbose_name="standfirst"),
                ),
                (
                    "dateline_place",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="dateline: place"),
                ),
                ("dateline_date", models.DateField(blank=True, null=True, verbose_name="dateline: date")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Of the text, where it is not the language of the publication.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "lead_alt",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="description for those who do not see it",
                    ),
                ),
                (
                    "lead_caption",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="caption"),
                ),
                (
                    "lead_credit",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="credit"),
                ),
                (
                    "import_key",
                    models.CharField(blank=True, db_index=True, default="", editable=False, max_length=200),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("quote", 3),
                            ("picture", 7),
                            ("pull_out", 9),
                            ("link_card", 13),
                            ("correction", 16),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "link", "h2", "h3", "ol", "ul"],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                },
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "What was said"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "By whom, where", "max_length": 200, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("attribution", 2)]], {}),
                            4: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            5: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Caption", "required": False, "rows": 2},
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Credit", "max_length": 200, "required": False},
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 4), ("caption", 5), ("credit", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Sentence", "rows": 2}),
                            9: ("wagtail.blocks.StructBlock", [[("text", 8)]], {}),
                            10: ("wagtail.blocks.URLBlock", (), {"label": "Address", "max_length": 2000}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 200}),
                            12: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Description", "required": False, "rows": 2},
                            ),
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("url", 10), ("title", 11), ("description", 12)]],
                                {},
                            ),
                            14: ("wagtail.blocks.DateTimeBlock", (), {"label": "When"}),
                            15: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "What was wrong, and what is right"},
                            ),
                            16: ("wagtail.blocks.StructBlock", [[("corrected", 14), ("text", 15)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="lead picture",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="rejoinder_newsroom.sectionpage",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "db_table": "rejoinder_story",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="FrontPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "strapline",
                    models.CharField(blank=True, default="", max_length=160, verbose_name="strapline"),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="front_page",
                        to="rejoinder_accounts.site",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Stands at the top. Without one, the newest story does.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rejoinder_newsroom.storypage",
                        verbose_name="lead story",
                    ),
                ),
            ],
            options={
                "verbose_name": "front page",
                "db_table": "rejoinder_front_page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Of somebody without a page here.",
                        max_length=120,
                        verbose_name="name",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bylines",
                        to="rejoinder_newsroom.authorpage",
                        verbose_name="author",
                    ),
                ),
                (
                    "story",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="rejoinder_newsroom.storypage",
                    ),
                ),
            ],
            options={
                "db_table": "rejoinder_byline",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]

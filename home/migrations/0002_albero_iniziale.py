"""The tree every installation starts from: home, catalogue, bodies, news, in Italian; other languages as locales."""

from uuid import uuid4

from django.conf import settings
from django.db import migrations

RAMI = [
    ("catalogo", "CatalogoPage", "servizi", "Servizi"),
    ("catalogo", "EntiIndexPage", "enti", "Enti"),
    ("home", "NotizieIndexPage", "notizie", "Notizie"),
]


def create_tree(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _ in settings.LANGUAGES}
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth__gt=1).delete()
    new = Maker(apps, locales[settings.LANGUAGE_CODE])
    home = new.page("home", "HomePage", "home", "Tessere", path="00010001", url_path="/home/", numchild=len(RAMI))
    for number, (app, model, slug, title) in enumerate(RAMI, start=1):
        new.page(
            app, model, slug, title, path=f"00010001{number:04}", url_path=f"/home/{slug}/", show_in_menus=True
        )
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1).update(numchild=1)
    apps.get_model("wagtailcore", "Site").objects.create(
        hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="Tessere"
    )


class Maker:
    """Writes tree rows as treebeard would: historical models have none of its methods."""

    def __init__(self, apps, locale):
        self.apps, self.locale = apps, locale

    def page(self, app, model, slug, title, *, path, url_path, numchild=0, show_in_menus=False):
        ContentType = self.apps.get_model("contenttypes", "ContentType")
        kind, _created = ContentType.objects.get_or_create(app_label=app, model=model.lower())
        return self.apps.get_model(app, model).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            path=path,
            depth=len(path) // 4,
            numchild=numchild,
            url_path=url_path,
            content_type=kind,
            locale=self.locale,
            translation_key=uuid4(),
            show_in_menus=show_in_menus,
            live=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_iniziale"),
        ("catalogo", "0001_iniziale"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(create_tree, migrations.RunPython.noop)]

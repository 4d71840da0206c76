"""A StreamField whose blocks are not copied into every migration.

Blocks change often and never change the table: without this each new word in a help text would be a migration
of hundreds of lines. The price: a data migration that walks old blocks must name them itself
(docs/decisions/0004-streamfield-senza-blocchi-nelle-migrazioni.md).
"""

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    def __init__(self, block_types=(), *args, **kwargs):
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

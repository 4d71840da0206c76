"""What the index tells: a second index (a search cluster) follows it from here."""

from django.dispatch import Signal

# After rows were written or removed: gruppi (list of UUID). What the table no longer has is gone.
voci_cambiate = Signal()

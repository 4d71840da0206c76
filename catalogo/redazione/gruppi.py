"""Whose pages one may write: a group per body, kept in step with the dated ties of `Operatore`.

The tie is the only truth. Membership is its projection: written anew when a tie or a body changes, and again at
each request to the admin (`recinto`), so that a tie ended yesterday gives nothing today even if no task has run.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from catalogo.models import Ente, EntePage, Operatore
from catalogo.models.operatore import RuoloOperatore

# Volunteers and social workers act on cases, not on pages.
RUOLI_CHE_SCRIVONO = {RuoloOperatore.REFERENTE}

PERMESSI_PAGINA = ["add_page", "change_page"]
PERMESSI_RACCOLTA = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]


@transaction.atomic
def crea_gruppo_ente(ente: Ente) -> Group:
    """The group of `ente` with exactly its rights: the body's branch, its collection, the way into the admin."""
    group = ente.gruppo_editori or _new_group(ente)
    Group.objects.filter(pk=group.pk).update(name=nome_gruppo(ente))
    group.permissions.set(permissions("access_admin"))
    _grant_branch(group, ente)
    _grant_collection(group, ente)
    for operatore in ente.operatori.select_related("utente"):
        allinea_gruppi(operatore.utente)
    return group


def allinea_gruppi(utente) -> None:
    """Put `utente` in the groups of the bodies for which a tie of today lets them write, and out of all others."""
    ties = Operatore.objects.in_force(timezone.localdate()).filter(
        utente=utente, ruolo__in=RUOLI_CHE_SCRIVONO, ente__attivo=True, ente__gruppo_editori__isnull=False
    )
    wanted = set(ties.values_list("ente__gruppo_editori", flat=True))
    present = set(utente.groups.filter(ente__isnull=False).values_list("pk", flat=True))
    if present - wanted:
        utente.groups.remove(*(present - wanted))
    if wanted - present:
        utente.groups.add(*(wanted - present))


def allinea_pagina(pagina: EntePage) -> None:
    """Rights on `pagina` for the body it now stands for, and for no other one."""
    group = crea_gruppo_ente(pagina.ente)
    GroupPagePermission.objects.filter(page=pagina, group__ente__isnull=False).exclude(group=group).delete()


def nome_gruppo(ente: Ente) -> str:
    """Two bodies may have the same name; the number tells them apart."""
    return f"{ente.nome[:120]} (ente {ente.pk})"


def permissions(*codenames: str):
    """Wagtail's own permissions of these names."""
    labels = ["wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs"]
    return Permission.objects.filter(content_type__app_label__in=labels, codename__in=codenames)


def _new_group(ente: Ente) -> Group:
    ente.gruppo_editori, _created = Group.objects.get_or_create(name=nome_gruppo(ente))
    Ente.objects.filter(pk=ente.pk).update(gruppo_editori=ente.gruppo_editori)
    return ente.gruppo_editori


def _grant_branch(group: Group, ente: Ente) -> None:
    """Translated branches stay with the central desk: a reader of the source cannot check what they say."""
    pages = EntePage.objects.filter(ente=ente, locale__language_code=settings.LANGUAGE_CODE)
    GroupPagePermission.objects.filter(group=group).exclude(page__in=pages).delete()
    GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=PERMESSI_PAGINA).delete()
    rights = permissions(*PERMESSI_PAGINA)
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page=page, permission=right) for page in pages for right in rights],
        ignore_conflicts=True,
    )


def _grant_collection(group: Group, ente: Ente) -> None:
    rights = GroupCollectionPermission.objects.filter(group=group).select_related("collection")
    first = rights.first()
    name = nome_gruppo(ente)
    collection = first.collection if first else Collection.get_first_root_node().add_child(name=name)
    Collection.objects.filter(pk=collection.pk).update(name=name)
    rights.exclude(collection=collection).delete()
    wanted = [
        GroupCollectionPermission(group=group, collection=collection, permission=right)
        for right in permissions(*PERMESSI_RACCOLTA)
    ]
    GroupCollectionPermission.objects.bulk_create(wanted, ignore_conflicts=True)

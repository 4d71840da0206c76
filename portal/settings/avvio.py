"""What a process refuses to start with. Called at the end of each process's settings, before anything else runs."""

import json
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
KEY_LENGTH = 50


def refuse_unfit(settings: Mapping[str, Any], *, process: str) -> None:
    """Raise ImproperlyConfigured with every reason why `process` may not start; silent where it is only imported."""
    if settings["PROCESSO"] != process:
        return
    asked = (missing(settings, process), unfit_gateway(settings), unfit_domain(settings), dangerous(settings))
    if reasons := [reason for each in asked for reason in each]:
        raise ImproperlyConfigured("\n- ".join([f"Il processo «{process}» non parte:", *reasons]))


def missing(settings: Mapping[str, Any], process: str) -> Iterator[str]:
    """What every process needs, on a laptop too."""
    if len(settings["SECRET_KEY"]) < KEY_LENGTH:
        yield f"SECRET_KEY manca o ha meno di {KEY_LENGTH} caratteri."
    variable = f"DATABASE_URL_{process.upper()}"
    if not settings[variable]:
        yield f"manca {variable}, l'indirizzo della banca dati con il ruolo «{process}»."
    if not settings["ALLOWED_HOSTS"]:
        yield "manca ALLOWED_HOSTS, l'elenco dei nomi di macchina a cui il sito risponde."
    if process == "riservato":
        yield from unfit_keys(settings["PORTACHIAVI"])


def unfit_keys(file: Path) -> Iterator[str]:
    """The key file has to be there, to look like one, and to be nobody else's to read; its keys are tried later."""
    try:
        content, mode = json.loads(file.read_text()), file.stat().st_mode
    except (OSError, ValueError, RecursionError) as error:
        yield f"il file delle chiavi (PORTACHIAVI) non si legge: {type(error).__name__}."
        return
    if not isinstance(content, dict) or not {"attiva", "chiavi", "indice"} <= content.keys():
        yield "il file delle chiavi (PORTACHIAVI) non ha la forma attesa: attiva, chiavi, indice."
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield "il file delle chiavi (PORTACHIAVI) lo può leggere anche chi non dovrebbe: chmod 600."


def unfit_gateway(settings: Mapping[str, Any]) -> Iterator[str]:
    """What the gateway says lets people in: it has to be whole, and reached by https unless it is on this machine."""
    if not (issuer := settings["OIDC_ISSUER"]):
        return
    if not (settings["OIDC_CLIENT_ID"] and settings["OIDC_CLIENT_SECRET"]):
        yield "con OIDC_ISSUER servono anche OIDC_CLIENT_ID e OIDC_CLIENT_SECRET."
    if not issuer.startswith("https://") and urlsplit(issuer).hostname not in LOCAL_HOSTS:
        yield "OIDC_ISSUER deve essere https: ciò che dice fa entrare le persone."


def unfit_domain(settings: Mapping[str, Any]) -> Iterator[str]:
    """What passkeys are made for: the two sites' own name above both, not one that others may live under too."""
    if not (domain := settings["DOMINIO_CHIAVI"]):
        return
    from fido2.rpid import verify_rp_id  # it reads the whole list of public suffixes

    fit = "." in domain and all(verify_rp_id(domain, settings[f"URL_{name}"]) for name in ("PUBBLICO", "RISERVATO"))
    if not fit:
        yield (
            f"DOMINIO_CHIAVI, «{domain}», deve stare sopra i nomi di URL_PUBBLICO e URL_RISERVATO, in https, ed essere "
            "un dominio registrato: non «it» né un altro suffisso di tutti."
        )


def dangerous(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is fit for this machine only, when others can reach it."""
    hosts = settings["ALLOWED_HOSTS"]
    if vague := [host for host in hosts if "*" in host or host.startswith(".")]:
        yield f"ALLOWED_HOSTS vuole nomi esatti, non «{', '.join(vague)}»."
    foreign = ", ".join(host for host in hosts if host not in LOCAL_HOSTS)
    if not foreign:
        return
    if settings["DEBUG"]:
        yield f"DEBUG mostra il codice a chi naviga: non si accende con nomi raggiungibili da fuori ({foreign})."
    if settings["DEMO"]:
        yield f"DEMO fa entrare chiunque come chiunque: non si accende con nomi raggiungibili da fuori ({foreign})."
    if not settings["HTTPS"]:
        yield f"con nomi raggiungibili da fuori ({foreign}) URL_PUBBLICO e URL_RISERVATO devono essere https."
    if _same_host(settings["URL_PUBBLICO"], settings["URL_RISERVATO"]):
        yield "URL_PUBBLICO e URL_RISERVATO devono avere nomi di macchina diversi, o i loro cookie si incontrano."
    if settings["DATABASE_URL_PUBBLICO"] and _same_user(settings):
        yield "DATABASE_URL_PUBBLICO e DATABASE_URL_RISERVATO devono usare ruoli diversi della banca dati."


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).hostname == urlsplit(other).hostname


def _same_user(settings: Mapping[str, Any]) -> bool:
    one, other = (urlsplit(settings[f"DATABASE_URL_{name}"]).username for name in ("PUBBLICO", "RISERVATO"))
    return one == other

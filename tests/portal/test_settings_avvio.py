"""What a process refuses to start with, and that the rest is fit for production."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.embedded import environment
from portal.settings.avvio import refuse_unfit

ROOT = Path(__file__).resolve().parents[2]
KEYS = environment.keyring()
PRODUCTION = {
    "PORTACHIAVI": KEYS,
    "SECRET_KEY": "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "portale.esempio.it,casi.esempio.it",
    "URL_PUBBLICO": "https://portale.esempio.it",
    "URL_RISERVATO": "https://casi.esempio.it",
    "DOMINIO_CHIAVI": "esempio.it",
    "DATABASE_URL_PUBBLICO": "postgres://pubblico@localhost/x",
    "DATABASE_URL_RISERVATO": "postgres://riservato@localhost/x",
    "EMAIL_URL": "smtp+tls://utente:password@posta.esempio.it:587",
    "DEMO": "false",
    "DEBUG": "false",
}
FIT = {
    **PRODUCTION,
    "PORTACHIAVI": Path(KEYS),
    "PROCESSO": "riservato",
    "ALLOWED_HOSTS": ["portale.esempio.it", "casi.esempio.it"],
    "DEMO": False,
    "DEBUG": False,
    "HTTPS": True,
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "tessere",
    "OIDC_CLIENT_SECRET": "segreto",
}


def test_fit_process_starts():
    refuse_unfit(FIT, process="riservato")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY manca"),
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY manca"),
        ({"DATABASE_URL_RISERVATO": ""}, "manca DATABASE_URL_RISERVATO"),
        ({"ALLOWED_HOSTS": []}, "manca ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["*"]}, "nomi esatti"),
        ({"ALLOWED_HOSTS": [".esempio.it"]}, "nomi esatti"),
        ({"DEBUG": True}, "DEBUG mostra il codice"),
        ({"DEMO": True}, "DEMO fa entrare chiunque"),
        ({"HTTPS": False}, "devono essere https"),
        ({"DOMINIO_CHIAVI": "it"}, "DOMINIO_CHIAVI, «it»"),
        ({"DOMINIO_CHIAVI": "altro.it"}, "DOMINIO_CHIAVI"),
        ({"DOMINIO_CHIAVI": "portale.esempio.it"}, "DOMINIO_CHIAVI"),
        ({"DOMINIO_CHIAVI": "sempio.it"}, "DOMINIO_CHIAVI"),
        (
            {"DOMINIO_CHIAVI": "co.uk", "URL_PUBBLICO": "https://a.co.uk", "URL_RISERVATO": "https://b.co.uk"},
            "DOMINIO_CHIAVI",
        ),
        (
            {"DOMINIO_CHIAVI": "rete", "URL_PUBBLICO": "https://a.rete", "URL_RISERVATO": "https://b.rete"},
            "DOMINIO_CHIAVI",
        ),
        ({"URL_RISERVATO": "https://portale.esempio.it:8443"}, "nomi di macchina diversi"),
        ({"DATABASE_URL_RISERVATO": "postgres://pubblico@localhost/x"}, "ruoli diversi"),
        ({"OIDC_ISSUER": "http://identita.esempio.it"}, "OIDC_ISSUER deve essere https"),
        (
            {"OIDC_ISSUER": "https://identita.esempio.it", "OIDC_CLIENT_SECRET": ""},
            "OIDC_CLIENT_ID e OIDC_CLIENT_SECRET",
        ),
    ],
)
def test_unfit_process_refuses_to_start_and_says_why(changed, reason):
    with pytest.raises(ImproperlyConfigured, match=reason) as refusal:
        refuse_unfit({**FIT, **changed}, process="riservato")
    assert str(refusal.value).count("\n- ") == 1


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (None, 0o600, "non si legge: FileNotFoundError"),
        ("non è json", 0o600, "non si legge: JSONDecodeError"),
        ("[" * 100_000, 0o600, "non si legge: RecursionError"),
        ("[]", 0o600, "non ha la forma attesa"),
        ('{"attiva": "a", "chiavi": {}}', 0o600, "non ha la forma attesa"),
        ('{"attiva": "a", "chiavi": {}, "indice": ""}', 0o640, "chmod 600"),
    ],
)
def test_reserved_process_refuses_an_unfit_key_file_and_says_why(tmp_path, content, mode, reason):
    file = tmp_path / "portachiavi.json"
    if content is not None:
        file.write_text(content)
        file.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match=reason) as refusal:
        refuse_unfit({**FIT, "PORTACHIAVI": file}, process="riservato")
    assert str(refusal.value).count("\n- ") == 1
    refuse_unfit({**FIT, "PROCESSO": "pubblico", "PORTACHIAVI": file}, process="pubblico")


@pytest.mark.parametrize("domain", ["", "esempio.it"])
def test_passkeys_of_both_sites_or_of_each(domain):
    refuse_unfit({**FIT, "DOMINIO_CHIAVI": domain}, process="riservato")


def test_demo_and_debug_on_this_machine_start():
    local = {"ALLOWED_HOSTS": ["localhost", "127.0.0.1"], "HTTPS": False, "DEMO": True, "DEBUG": True}
    refuse_unfit({**FIT, **local, "DOMINIO_CHIAVI": ""}, process="riservato")


def test_settings_imported_by_another_process_refuse_nothing():
    refuse_unfit({"PROCESSO": "gestione"}, process="riservato")


def check(process: str, **changed: str) -> subprocess.CompletedProcess[str]:
    settings = {"DJANGO_SETTINGS_MODULE": f"portal.settings.{process}", "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = {**settings, **PRODUCTION, **changed}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.matrice
@pytest.mark.parametrize("process", ["pubblico", "riservato"])
def test_production_settings_pass_the_deployment_check(process):
    result = check(process)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("process", ["pubblico", "riservato"])
def test_process_without_key_does_not_start(process):
    result = check(process, SECRET_KEY="")
    assert result.returncode != 0
    assert "SECRET_KEY manca o ha meno di 50 caratteri" in result.stderr


def settings_of(process: str, *names: str) -> list[str]:
    """As the process has them in production."""
    code = f"from django.conf import settings; print(*(getattr(settings, name) for name in {names}))"
    env = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": f"portal.settings.{process}", "PATH": os.environ["PATH"]}
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return result.stdout.split()


def test_cookies_of_the_reserved_process_are_tied_to_its_host():
    found = settings_of("riservato", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE")
    assert found == ["__Host-tessere_riservato", "__Host-tessere_riservato_csrf", "True"]


@pytest.mark.parametrize(("process", "file", "folder"), [("pubblico", 0o644, 0o755), ("riservato", 0o600, 0o700)])
def test_signed_cookies_are_read_for_their_name_and_files_are_for_whom_they_are(process, file, folder):
    """security.md §4."""
    names = ("SIGNED_COOKIE_LEGACY_SALT_FALLBACK", "FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS")
    assert settings_of(process, *names) == ["False", str(file), str(folder)]


@pytest.mark.parametrize(
    ("process", "asked"),
    [
        ("pubblico", ["portal.salute.disco"]),
        ("riservato", ["casi.salute.chiavi", "portal.salute.disco", "casi.salute.testa"]),
    ],
)
def test_each_process_asks_what_is_its_own_to_be_ready(process, asked):
    assert re.findall(r"[a-z.]+", " ".join(settings_of(process, "PRONTA"))) == asked

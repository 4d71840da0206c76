"""What the code never does (ASVS 1, 3.2, 3.5, 10, 15): looked for in each file of ours, found when it is planted."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.support.sources import PACKAGES, ROOT, code, files, name, tree

# Lights the rest up on a developer's machine, and loads the invented data: neither answers a request.
ACCENSIONE = ("portal/embedded/",)
RETE = {
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "smtplib",
    "ftplib",
    "asyncio",
}
# docs/sicurezza.md, «Con chi parlano i processi».
PARLANO = {
    "casi/caricamento/antivirus.py": {"socket"},
    "portal/utenti/oidc/provider.py": {"requests"},
}
ESEGUONO = {"eval", "exec", "compile", "__import__"}
MODULI_CHE_ESEGUONO = {"subprocess", "pickle", "marshal", "shelve", "dill", "yaml", "pty", "code", "runpy"}
CHE_LANCIANO = re.compile(r"os\.(system|popen|exec\w+|spawn\w+|posix_spawn\w*)$")
NOMI_DI_DJANGO = {"urlpatterns", "default_app_config", "__all__"}  # written once, as the module is read
TUTTO_IL_MODULO = {"request.REQUEST", "request.body"}
# Each says why beside it, and has tests of its own with hostile texts.
SICURE = {
    "casi/estratto.py",
    "portal/cms/templatetags/presentazione.py",
    "search/query.py",
    "search/templatetags/caselle.py",
}
# `innerHTML` and its kin, what runs a text, what is kept, messages of other windows.
NEGLI_SCRIPT = re.compile(
    r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['\"]|postMessage|"
    r"['\"]message['\"]|__proto__|javascript:"
)
CONSERVA = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open|serviceWorker")


def ours() -> Iterator[tuple[str, ast.Module]]:
    for file in code(*PACKAGES):
        if not name(file).startswith(ACCENSIONE):
            yield name(file), tree(file)


def imported(module: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def called(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def runs(module: ast.Module) -> set[str]:
    """What runs a program or a text, or makes objects of bytes."""
    names = {each.split(".")[0] for each in imported(module)} & MODULI_CHE_ESEGUONO
    return names | {func for func, _call in called(module) if func in ESEGUONO or CHE_LANCIANO.match(func)}


def opens(module: ast.Module) -> set[str]:
    return {each for each in imported(module) if each in RETE}


def composes_sql(module: ast.Module) -> set[str]:
    """Statements with a value in them: a name in braces in what `execute` is given, where it is no name of ours."""
    return {
        f"{call.lineno}"
        for func, call in called(module)
        if func.endswith((".execute", ".executemany", ".raw")) and call.args and _is_mixed(call.args[0])
    }


def _is_mixed(text: ast.expr) -> bool:
    mixed = isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mod)
    return mixed or (isinstance(text, ast.JoinedStr) and any("request" in ast.unparse(each) for each in text.values))


def makes_templates(module: ast.Module) -> set[str]:
    return {func for func, _call in called(module) if func.rpartition(".")[2] in {"from_string", "Template"}}


def marks_safe(module: ast.Module) -> set[str]:
    marked = {func for func, _call in called(module) if func in {"mark_safe", "SafeString"}}
    asked = [call for func, call in called(module) if func == "format_html"]
    return marked | {"format_html" for call in asked if not _is_written(call.args[0], module)}


def _is_written(text: ast.expr, module: ast.Module) -> bool:
    """A literal, or a constant of the same file."""
    constants = {t.id for n in module.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id in constants)


def leaves_the_token_out(module: ast.Module) -> set[str]:
    return {each for each in imported(module) if each.endswith("csrf_exempt")}


def formats_by_others(module: ast.Module) -> set[str]:
    """`text.format(…)` of a text that is neither a literal, a constant in capitals, nor a phrase of gettext."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            text = ast.unparse(node.func.value)
            written = isinstance(node.func.value, ast.Constant) or text.rpartition(".")[2].isupper()
            found |= set() if written else {text}
    return found


def asks_anywhere(module: ast.Module) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(module) if isinstance(node, ast.Attribute)} & TUTTO_IL_MODULO


def shares(module: ast.Module) -> set[str]:
    """What a function may change while another thread does: a container that is no constant, a `global`."""
    made = {"deque", "dict", "list", "set", "OrderedDict", "defaultdict", "Counter"}
    found = {name for node in ast.walk(module) if isinstance(node, ast.Global) for name in node.names}
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            value = node.value
            grows = isinstance(value, ast.Dict | ast.List | ast.Set) or (
                isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in made
            )
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {each.id for each in targets if isinstance(each, ast.Name)}
            found |= {each for each in names if grows and not each.strip("_").isupper()} - NOMI_DI_DJANGO
    return found


def found_by(rule: Callable[[ast.Module], set[str]]) -> dict[str, set[str]]:
    return {file: found for file, module in ours() if (found := rule(module))}


def test_nothing_runs_a_program_or_a_text():
    assert found_by(runs) == {}


def test_only_named_modules_open_connections():
    assert found_by(opens) == PARLANO


def test_sql_is_never_composed_with_values():
    assert found_by(composes_sql) == {}


def test_templates_are_files():
    assert found_by(makes_templates) == {}


def test_no_view_is_exempt_from_the_token():
    assert found_by(leaves_the_token_out) == {}


def test_formats_are_written_by_us():
    """`words` of `casi.scritte` are SQL that the same module writes."""
    found = {file: names for file, names in found_by(formats_by_others).items() if "/demo/" not in file}
    assert found == {"casi/scritte.py": {"words"}}


def test_source_of_a_parameter_is_told():
    """GET or POST by name, never whichever comes: Django has no more a place where they are mixed."""
    assert found_by(asks_anywhere) == {}


def test_templates_escape_everything_but_what_is_named():
    """Help texts are sentences of the code; nothing else is let through as it is."""
    loose = {}
    for file in files("templates", *PACKAGES, suffix=".html"):
        marks = re.findall(r"\{\{[^}]*\|\s*safe\w*\b[^}]*\}\}|\{% autoescape off", file.read_text())
        loose |= {name(file): marks} if marks else {}
    assert loose == {"templates/components/campo_note.html": ["{{ field.help_text|safe }}"]}
    assert set(found_by(marks_safe)) == SICURE


def test_addresses_are_composed_by_reverse_and_urlencode():
    """No address of ours is a piece of text with a value in it, but the key of a sheet under its own."""
    loose = []
    for file, module in ours():
        for func, call in called(module):
            if func in {"redirect", "HttpResponseRedirect"} and call.args and isinstance(call.args[0], ast.JoinedStr):
                values = [
                    ast.unparse(each.value) for each in call.args[0].values if isinstance(each, ast.FormattedValue)
                ]
                loose += [f"{file}: {each}" for each in values if "urlencode" not in each and "reverse" not in each]
    assert loose == []


def test_regular_expressions_are_written_by_us():
    """A text of somebody that becomes part of one is escaped there, or made of letters by what found it."""
    asked = re.compile(r"request\.|\.GET|\.POST|cleaned_data")
    loose = []
    for file, module in ours():
        for func, call in called(module):
            if func.startswith("re.") and call.args and asked.search(ast.unparse(call.args[0])):
                loose.append(f"{file}:{call.lineno}")
    assert loose == []


def test_xml_is_read_with_no_entities():
    readers = {file for file, module in ours() if any(each.startswith("xml.") for each in imported(module))}
    assert readers == {"casi/caricamento/documenti.py"}


def test_what_threads_share_is_named():
    """Its lock is beside it. What else is kept is in `lru_cache`, which has its own, or in an object with one."""
    assert found_by(shares) == {"portal/violazioni.py": {"_written"}}


def scripts() -> Iterator[tuple[str, str]]:
    for file in files("assets/js", "portal", "catalogo", "casi", suffix=".js"):
        yield name(file), file.read_text()


def test_scripts_write_text_and_never_html():
    assert len(list(scripts())) > 4
    assert [file for file, text in scripts() if NEGLI_SCRIPT.search(text)] == []


def test_scripts_keep_nothing_in_the_browser():
    assert [file for file, text in scripts() if CONSERVA.search(text)] == []
    assert "history = 'reload'" in dict(scripts())["assets/js/tessere.js"]  # else htmx would keep the pages


def test_scripts_are_files_and_the_same_for_everybody():
    """None is made by a view: what is private is never in one."""
    made = [file for file, module in ours() if "javascript" in ast.unparse(module) and "views" in file]
    assert made == []
    assert not list(files("templates", suffix=".js"))


PIANTATI = [
    (runs, "import subprocess"),
    (runs, "os.system(x)"),
    (runs, "eval(x)"),
    (runs, "from pickle import loads"),
    (opens, "import requests"),
    (opens, "from urllib.request import urlopen"),
    (composes_sql, "cursor.execute('SELECT %s' % x)"),
    (composes_sql, "cursor.execute(f'SELECT {request.GET}')"),
    (makes_templates, "Template(text)"),
    (marks_safe, "mark_safe(x)"),
    (marks_safe, "format_html(x)"),
    (leaves_the_token_out, "from django.views.decorators.csrf import csrf_exempt"),
    (formats_by_others, "typed.format(a=1)"),
    (asks_anywhere, "request.body"),
    (shares, "kept = {}"),
    (shares, "_seen: set[str] = set()"),
    (shares, "def f():\n    global count"),
]


@pytest.mark.parametrize(("rule", "text"), PIANTATI, ids=lambda each: getattr(each, "__name__", each))
def test_what_is_planted_is_found(rule, text):
    assert rule(ast.parse(text))


@pytest.mark.parametrize("text", ["x.innerHTML = y", "window.postMessage(a)", "eval(a)", "a.__proto__ = b"])
def test_script_that_is_planted_is_found(text):
    assert NEGLI_SCRIPT.search(text)
    assert (ROOT / "assets" / "js").is_dir()

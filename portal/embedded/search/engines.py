"""What differs between the two search servers: names, artefacts, variables, settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.embedded.refusal import Refusal
from portal.embedded.search.maven import Artefact

# Only answers on this machine; a full disk must not make a test read-only.
COMMON = {
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}


@dataclass(frozen=True)
class Engine:
    """A kind of search server."""

    name: str
    title: str
    archive: Artefact
    prefix: str  # of its environment variables: ES_JAVA_HOME, OPENSEARCH_JAVA_HOME, …
    plugin: bool = False  # whether our analysis plugin must be added
    modules: frozenset[str] = frozenset()  # of Java, that only a whole JDK has
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return self.archive.version


ELASTICSEARCH = Engine(
    "elasticsearch",
    "Elasticsearch",
    Artefact(
        "org.elasticsearch.distribution.integ-test-zip", "elasticsearch", "9.5.3", "zip",
        "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d",
    ),
    "ES",
    plugin=True,
    modules=frozenset({"jdk.compiler", "jdk.jlink"}),  # for the plugin; for its own guard of what code may do
    settings={"xpack.security.enabled": "false"},
)  # fmt: skip
OPENSEARCH = Engine(
    "opensearch",
    "OpenSearch",
    Artefact(
        "org.opensearch.distribution.integ-test-zip", "opensearch", "3.8.0", "zip",
        "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f",
    ),
    "OPENSEARCH",
)  # fmt: skip
ENGINES = {engine.name: engine for engine in (ELASTICSEARCH, OPENSEARCH)}


def named(name: str) -> Engine:
    """The engine a person named; raise Refusal for a name that is none."""
    if name not in ENGINES:
        raise Refusal(f"Di' quale motore di ricerca: {' o '.join(ENGINES)}.")
    return ENGINES[name]

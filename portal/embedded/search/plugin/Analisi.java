package it.tessere.analisi;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * The token filters that search/motori/analisi.py asks for, under Elasticsearch's documented names and settings.
 * Elastic's integration-test distribution has Lucene's classes but not the module that names them, nor GET /.
 * Every filter refuses the settings it does not honour: a test must never pass on a wish that was ignored.
 */
public class Analisi extends Plugin implements AnalysisPlugin, ActionPlugin {

    private ClusterService cluster;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        cluster = services.clusterService();
        return List.of();
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "elision", AnalysisPlugin.requiresAnalysisSettings((index, env, name, settings) -> {
                honour(name, settings, "articles", "articles_case");
                boolean anyCase = settings.getAsBoolean("articles_case", false);
                CharArraySet articles = new CharArraySet(settings.getAsList("articles"), anyCase);
                return filter(name, true, input -> new ElisionFilter(input, articles));
            }),
            "asciifolding", (index, env, name, settings) -> {
                honour(name, settings);
                return filter(name, true, ASCIIFoldingFilter::new);
            },
            "arabic_normalization", (index, env, name, settings) -> {
                honour(name, settings);
                return filter(name, true, ArabicNormalizationFilter::new);
            },
            "stemmer", (index, env, name, settings) -> {
                honour(name, settings, "language");
                return filter(name, false, stemmer(settings.get("language", "english")));
            }
        );
    }

    private static UnaryOperator<TokenStream> stemmer(String language) {
        return switch (language.toLowerCase(Locale.ROOT)) {
            case "arabic" -> ArabicStemFilter::new;
            case "english" -> PorterStemFilter::new;
            case "italian" -> input -> new SnowballFilter(input, "Italian");
            default -> throw new IllegalArgumentException("no stemmer for [" + language + "] in the test plugin");
        };
    }

    private static void honour(String filter, Settings settings, String... known) {
        List<String> honoured = List.of(known);
        for (String setting : settings.keySet()) {
            String plain = setting.replaceFirst("\\.\\d+$", "");
            if (!plain.equals("type") && !plain.startsWith("index.") && !honoured.contains(plain)) {
                throw new IllegalArgumentException("[" + filter + "]: no setting [" + plain + "] in the test plugin");
            }
        }
    }

    /** A filter of one Lucene class; one that `normalizes` is also run on the words of keyword fields and prefixes. */
    private static TokenFilterFactory filter(String name, boolean normalizes, UnaryOperator<TokenStream> wrap) {
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TokenStream create(TokenStream input) {
                return wrap.apply(input);
            }

            @Override
            public TokenStream normalize(TokenStream input) {
                return normalizes ? wrap.apply(input) : input;
            }
        };
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        RestHandlersServices services, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> features
    ) {
        return List.of(new Greeting());
    }

    /** GET and HEAD /: the Python client asks there which server it talks to. */
    private final class Greeting extends BaseRestHandler {
        @Override
        public String getName() {
            return "tessere_greeting";
        }

        @Override
        public List<Route> routes() {
            return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
        }

        @Override
        protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
            return channel -> channel.sendResponse(new RestResponse(RestStatus.OK, describe(channel.newBuilder())));
        }

        private XContentBuilder describe(XContentBuilder answer) throws IOException {
            answer.startObject();
            answer.field("name", cluster.getNodeName());
            answer.field("cluster_name", cluster.getClusterName().value());
            answer.startObject("version").field("number", Build.current().version());
            answer.field("build_flavor", Build.current().flavor()).endObject();
            answer.field("tagline", "You Know, for Search");
            return answer.endObject();
        }
    }
}

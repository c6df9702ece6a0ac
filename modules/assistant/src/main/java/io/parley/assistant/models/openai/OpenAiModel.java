package io.parley.assistant.models.openai;

import io.parley.assistant.metrics.ProviderCall;
import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Provider;
import io.parley.assistant.models.ReplyListener;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.models.openai.reply.ReplyReader;
import io.parley.contracts.assistant.Responses.Function;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model behind OpenAI's chat completions API, which OpenAI, Ollama, vLLM, LM Studio and OpenRouter share. Answers are
 * streamed, if the server can.
 */
public final class OpenAiModel implements LanguageModel {
    private final Vertx vertx;
    private final HttpClient http;
    private final ModelLimits limits;
    private final Provider provider;

    /** @param http shared by all models */
    public OpenAiModel(Vertx vertx, HttpClient http, ModelLimits limits, Provider provider) {
        this.vertx = vertx;
        this.http = http;
        this.limits = limits;
        this.provider = provider;
    }

    @Override
    public Generation generate(Prompt prompt, ReplyListener listener) {
        return new OpenAiGeneration(vertx, provider.name(), limits, attempt -> request(prompt, attempt), listener)
                .start();
    }

    @Override
    public Future<HttpClientRequest> open() {
        // What is thrown while the headers are made must not get past the future.
        return Future.succeededFuture().compose(now -> http.request(options()));
    }

    private ModelRequest request(Prompt prompt, ReplyListener listener) {
        var toolNames = Stream.concat(
                        prompt.tools().stream().map(ToolDescription::name),
                        prompt.wishes().functions().stream().map(Function::name))
                .collect(Collectors.toSet());
        var reader = new ReplyReader(prompt.model(), toolNames, limits.maxReply(), listener);
        var call = ProviderCall.begin(
                provider.name(), prompt.model(), provider.baseUrl().getHost());
        var options = options();
        call.trace(options.getHeaders());
        return new ModelRequest(vertx, http, limits, reader, call).send(options, ChatRequestBody.of(prompt));
    }

    private RequestOptions options() {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint(provider.baseUrl()))
                .setFollowRedirects(false)
                .setHeaders(headers());
    }

    // A query, such as Azure's ?api-version=…, stays at the end.
    private static String endpoint(URI baseUrl) {
        var whole = baseUrl.toString();
        int query = whole.indexOf('?');
        var path = query < 0 ? whole : whole.substring(0, query);
        var slash = path.endsWith("/") ? "" : "/";
        return path + slash + "chat/completions" + (query < 0 ? "" : whole.substring(query));
    }

    private MultiMap headers() {
        var headers = HttpHeaders.headers()
                .set(HttpHeaders.CONTENT_TYPE, "application/json")
                .set(HttpHeaders.ACCEPT, "text/event-stream");
        var key = provider.key();
        // The encoder of headers would throw on the event loop, and name the value.
        if (key != null && key.hasControlCharacters()) throw new ModelFailure(ModelFailure.Kind.KEY_REFUSED);
        return key == null ? headers : headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key.value());
    }
}

package io.parley.assistant.models.openai;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Provider;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A model behind OpenAI's chat completions API, which OpenAI, Ollama, vLLM, LM Studio and OpenRouter share. Answers are
 * always streamed.
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

    /** Fails as broken off, too, if the answer is longer than a message may be. */
    @Override
    public Generation generate(Prompt prompt, Consumer<String> onText) {
        var body = ChatRequestBody.of(prompt);
        return new OpenAiGeneration(
                        vertx,
                        provider.name(),
                        limits,
                        attemptText -> request(prompt, attemptText).send(options(), body),
                        onText)
                .start();
    }

    private ModelRequest request(Prompt prompt, Consumer<String> onText) {
        return new ModelRequest(vertx, http, limits, new ReplyAssembler(prompt.model()), onText);
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
        return key == null ? headers : headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key.value());
    }
}

package io.parley.assistant.models.openai;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Provider;
import io.parley.kernel.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model behind OpenAI's chat completions, which OpenAI, Ollama, vLLM, LM Studio and OpenRouter speak alike. Answers
 * are always streamed.
 */
public final class OpenAiModel implements LanguageModel {
    private final Vertx vertx;
    private final HttpClient http;
    private final ModelLimits limits;
    private final Provider provider;
    private final @Nullable Secret key;

    /**
     * @param http shared by all models
     * @param key the user's or the server's; null where the provider needs none
     */
    public OpenAiModel(Vertx vertx, HttpClient http, ModelLimits limits, Provider provider, @Nullable Secret key) {
        this.vertx = vertx;
        this.http = http;
        this.limits = limits;
        this.provider = provider;
        this.key = key;
    }

    /** Fails, beside the provider's faults, as broken off where the answer is longer than a message may be. */
    @Override
    public Generation generate(Prompt prompt, Consumer<String> text) {
        var body = ChatRequestBody.of(prompt);
        return new OpenAiGeneration(
                        vertx,
                        provider.name(),
                        limits,
                        hear -> attempt(prompt, hear).ask(request(), body),
                        text)
                .start();
    }

    private ModelRequest attempt(Prompt prompt, Consumer<String> text) {
        return new ModelRequest(vertx, http, limits, new ReplyAssembler(prompt.model()), text);
    }

    private RequestOptions request() {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint(provider.baseUrl()))
                .setFollowRedirects(false)
                .setHeaders(headers());
    }

    /** A query, as Azure's {@code ?api-version=…}, stays at the end. */
    private static String endpoint(URI base) {
        var whole = base.toString();
        int query = whole.indexOf('?');
        var place = query < 0 ? whole : whole.substring(0, query);
        var slash = place.endsWith("/") ? "" : "/";
        return place + slash + "chat/completions" + (query < 0 ? "" : whole.substring(query));
    }

    private MultiMap headers() {
        var headers = HttpHeaders.headers()
                .set(HttpHeaders.CONTENT_TYPE, "application/json")
                .set(HttpHeaders.ACCEPT, "text/event-stream");
        return key == null ? headers : headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key.value());
    }
}

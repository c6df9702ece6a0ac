package io.parley.gateway.observe;

import io.opentelemetry.api.trace.Span;
import io.parley.gateway.http.MediaTypes;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request from its head to the end of its answer. For one event loop only. */
public final class Exchange {
    private final HttpServerRequest request;
    private final String prefix;
    private final Supplier<String> client;
    private final Span span;
    private final boolean isHealth;
    private final long startedAt = System.nanoTime();
    private @Nullable Endpoint endpoint;
    private @Nullable UUID user;
    private boolean isRefused;
    private @Nullable StreamKind stream;
    private boolean hasEnded;

    /**
     * Begins with a request. To be called before anything is answered, and after the request has its id.
     *
     * @param prefix of the public URL's path
     * @param client the address of the client
     */
    public static Exchange begin(HttpServerRequest request, String prefix, Supplier<String> client) {
        var exchange = new Exchange(request, prefix, client);
        var context = (ContextInternal) Vertx.currentContext();
        if (context != null && context.isDuplicate()) ExchangeLocal.CURRENT.put(context, exchange);
        ExchangeMeters.begun();
        return exchange;
    }

    private Exchange(HttpServerRequest request, String prefix, Supplier<String> client) {
        this.request = request;
        this.prefix = prefix;
        this.client = client;
        this.isHealth = path().startsWith("/health/");
        this.span = RequestSpan.start(request, isHealth);
    }

    /** That of the current context, if it works for a request. */
    public static Optional<Exchange> current() {
        return Optional.<Context>ofNullable(Vertx.currentContext()).map(ExchangeLocal.CURRENT::get);
    }

    /** The request has reached what answers it. */
    public void reached(Endpoint reached) {
        endpoint = reached;
    }

    /** The request was refused before it reached anything. */
    public void refused() {
        isRefused = true;
    }

    public void signedIn(UUID userId) {
        user = userId;
    }

    /** The head of the answer is about to be sent. The duration of a stream ends here. */
    public void answering() {
        var type = request.response().headers().get(HttpHeaders.CONTENT_TYPE);
        if (stream != null || hasEnded || type == null || !type.startsWith(MediaTypes.EVENT_STREAM)) return;
        stream = StreamKind.of(endpoint());
        ExchangeMeters.opened(stream);
        measure();
    }

    /** The answer is complete, or the client has disconnected. */
    public void ended() {
        if (hasEnded) return;
        hasEnded = true;
        if (stream == null) measure();
        else ExchangeMeters.closed(stream);
        ExchangeMeters.ended();
        RequestSpan.end(span, this);
        if (!isHealth) AccessLog.write(this);
    }

    private void measure() {
        ExchangeMeters.measure(endpoint(), request.method(), status(), nanos());
    }

    Endpoint endpoint() {
        if (endpoint != null) return endpoint;
        return isRefused || status() == 404 ? Endpoint.UNKNOWN : Endpoint.ofDoor(path());
    }

    HttpServerRequest request() {
        return request;
    }

    int status() {
        return request.response().getStatusCode();
    }

    long nanos() {
        return System.nanoTime() - startedAt;
    }

    /** Without the prefix of the public URL and without the query. */
    private String path() {
        var path = String.valueOf(request.path());
        return !prefix.isEmpty() && path.startsWith(prefix + '/') ? path.substring(prefix.length()) : path;
    }

    String client() {
        return client.get();
    }

    Optional<UUID> user() {
        return Optional.ofNullable(user);
    }
}

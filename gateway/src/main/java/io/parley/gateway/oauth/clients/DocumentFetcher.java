package io.parley.gateway.oauth.clients;

import io.parley.gateway.oauth.OAuthError;
import io.parley.kernel.outbound.OutboundAnswer;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.kernel.outbound.OutboundLimits;
import io.parley.kernel.outbound.PublicAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Gets small JSON documents from URLs that strangers have chosen. Bytes, time and the number of requests at once are bounded. */
public final class DocumentFetcher {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_RUNNING = 4;

    private final OutboundHttp http;
    private final AtomicInteger running = new AtomicInteger();

    public static DocumentFetcher create(Vertx vertx) {
        return new DocumentFetcher(vertx, PublicAddresses::contain, TIME_LIMIT);
    }

    /**
     * @param permitted the addresses that it may connect to
     * @param timeLimit for a whole document
     */
    DocumentFetcher(Vertx vertx, Predicate<InetAddress> permitted, Duration timeLimit) {
        var limits = new OutboundLimits(timeLimit, MAX_BYTES, MAX_RUNNING, MAX_RUNNING);
        this.http = new OutboundHttp(vertx, "client-documents", permitted, limits);
    }

    /** Fails with an {@link OAuthError} that says nothing of what is behind the URL. */
    Future<Buffer> fetch(URI url) {
        if (running.incrementAndGet() > MAX_RUNNING) {
            running.decrementAndGet();
            return Future.failedFuture(OAuthError.temporarilyUnavailable());
        }
        return http.send(HttpMethod.GET, url, Map.of("Accept", "application/json"), null)
                .onComplete(done -> running.decrementAndGet())
                .transform(answered -> answered.succeeded()
                        ? document(answered.result())
                        : Future.failedFuture(OAuthError.noDocument()));
    }

    private static Future<Buffer> document(OutboundAnswer answer) {
        if (answer.status() != 200 || !isJson(answer.contentType()))
            return Future.failedFuture(OAuthError.noDocument());
        return answer.isComplete()
                ? Future.succeededFuture(answer.body())
                : Future.failedFuture(OAuthError.badDocument("it is too large or too slow"));
    }

    private static boolean isJson(String type) {
        return type.matches("(?i)application/([a-z0-9.+-]+\\+)?json\\s*(;.*)?");
    }
}

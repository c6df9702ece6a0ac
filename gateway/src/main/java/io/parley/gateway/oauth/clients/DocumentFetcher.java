package io.parley.gateway.oauth.clients;

import io.parley.gateway.oauth.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Gets small JSON documents from URLs that strangers have chosen. The host's addresses are resolved once and checked, and the connection
 * goes to one of them, so that a name cannot lead elsewhere the next time. Redirects are not followed; bytes, time and the number of
 * requests at once are bounded.
 */
public final class DocumentFetcher {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 32 * 1024;

    /** A name server that does not answer keeps a worker thread busy for as long as it takes to give up. */
    private static final int MAX_RUNNING = 4;

    private final Vertx vertx;
    private final HttpClient http;
    private final Predicate<InetAddress> permitted;
    private final Duration timeLimit;
    private final AtomicInteger running = new AtomicInteger();

    public static DocumentFetcher create(Vertx vertx) {
        return new DocumentFetcher(vertx, new HttpClientOptions().setSsl(true), PublicAddresses::contain, TIME_LIMIT);
    }

    /**
     * @param permitted the addresses that it may connect to
     * @param timeLimit for a whole document
     */
    DocumentFetcher(Vertx vertx, HttpClientOptions options, Predicate<InetAddress> permitted, Duration timeLimit) {
        this.vertx = vertx;
        this.timeLimit = timeLimit;
        this.permitted = permitted;
        this.http = vertx.createHttpClient(options.setKeepAlive(false)
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setVerifyHost(true)
                .setDecompressionSupported(false));
    }

    /** Fails with an {@link OAuthError} that says nothing of what is behind the URL. */
    Future<Buffer> fetch(URI url) {
        if (running.incrementAndGet() > MAX_RUNNING) {
            running.decrementAndGet();
            return Future.failedFuture(OAuthError.temporarilyUnavailable());
        }
        return resolve(url.getHost())
                .onComplete(resolved -> running.decrementAndGet())
                .compose(address -> get(url, address))
                .timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<InetAddress> resolve(String host) {
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .map(addresses -> {
                    if (!addresses.stream().allMatch(permitted)) throw OAuthError.noDocument();
                    return addresses.get(0);
                });
    }

    private Future<Buffer> get(URI url, InetAddress address) {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        var path = url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + '?' + url.getRawQuery();
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setURI(path)
                .setFollowRedirects(false)
                .setTimeout(timeLimit.toMillis())
                .putHeader("Accept", "application/json");
        return http.request(request).compose(opened -> {
            // What trickles in keeps the connection busy, so time is bounded apart.
            long timer = vertx.setTimer(timeLimit.toMillis(), late -> opened.reset());
            return opened.send()
                    .compose(response -> body(opened, response))
                    .onComplete(done -> vertx.cancelTimer(timer));
        });
    }

    private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
        response.exceptionHandler(reset -> {});
        if (response.statusCode() != 200 || !isJson(response.getHeader("Content-Type"))) {
            request.reset();
            return Future.failedFuture(OAuthError.noDocument());
        }
        var result = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        response.handler(chunk -> {
                    if (body.length() + chunk.length() > MAX_BYTES) {
                        result.tryFail(OAuthError.badDocument("it is too large"));
                        request.reset();
                    } else body.appendBuffer(chunk);
                })
                .exceptionHandler(result::tryFail)
                .endHandler(ended -> result.tryComplete(body));
        return result.future();
    }

    private static boolean isJson(String type) {
        return type != null && type.matches("(?i)application/([a-z0-9.+-]+\\+)?json\\s*(;.*)?");
    }
}

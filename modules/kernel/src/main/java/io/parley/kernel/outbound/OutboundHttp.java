package io.parley.kernel.outbound;

import io.parley.kernel.outbound.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to URLs that strangers have chosen. The host's addresses are looked up once and checked, and the connection goes to one
 * of them, so that a name cannot lead elsewhere the next time (OWASP SSRF Prevention Cheat Sheet). Redirects are not followed. Every
 * failure is an {@link OutboundFailure}.
 */
public final class OutboundHttp {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final WorkerExecutor names;
    private final HttpClient http;
    private final Predicate<InetAddress> permitted;
    private final OutboundLimits limits;

    /**
     * @param name of the threads that look names up
     * @param permitted the addresses that it may connect to
     */
    public OutboundHttp(Vertx vertx, String name, Predicate<InetAddress> permitted, OutboundLimits limits) {
        this.vertx = vertx;
        this.permitted = permitted;
        this.limits = limits;
        this.names = vertx.createSharedWorkerExecutor(name, limits.lookups(), 1, TimeUnit.MINUTES);
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                        .setVerifyHost(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(limits.connections()));
    }

    /** One of the permitted addresses of a host; fails if one of them is not permitted. */
    public Future<InetAddress> resolve(String host) {
        return names.executeBlocking(() -> addresses(host), false)
                .timeout(limits.time().toMillis(), TimeUnit.MILLISECONDS)
                .map(addresses -> {
                    if (!addresses.stream().allMatch(permitted)) throw new OutboundFailure(Reason.ADDRESS_REFUSED);
                    return addresses.get(0);
                })
                .recover(OutboundHttp::named);
    }

    // Resolvers differ in whether they know localhost. and foo.localhost.
    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        return HostNames.isLocal(host)
                ? List.of(InetAddress.getLoopbackAddress())
                : List.of(InetAddress.getAllByName(host));
    }

    /** @param body null sends none */
    public Future<OutboundAnswer> send(HttpMethod method, URI url, Map<String, String> headers, @Nullable Buffer body) {
        long deadline = System.nanoTime() + limits.time().toNanos();
        var opening = resolve(url.getHost()).compose(address -> http.request(request(method, url, headers, address)));
        return opening.timeout(limits.time().toMillis(), TimeUnit.MILLISECONDS)
                // A connection that is there too late would stay.
                .onFailure(late -> opening.onSuccess(HttpClientRequest::reset))
                .compose(opened -> answer(opened, body, deadline))
                .recover(OutboundHttp::named);
    }

    private RequestOptions request(HttpMethod method, URI url, Map<String, String> headers, InetAddress address) {
        boolean isTls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() < 0 ? (isTls ? 443 : 80) : url.getPort();
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var request = new RequestOptions()
                .setMethod(method)
                .setSsl(isTls)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setURI(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery())
                .setFollowRedirects(false);
        headers.forEach(request::putHeader);
        return request;
    }

    // What trickles in keeps the connection busy, so time is bounded apart.
    private Future<OutboundAnswer> answer(HttpClientRequest opened, @Nullable Buffer body, long deadline) {
        Promise<OutboundAnswer> result = Promise.promise();
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        var reader = new Reader(opened, result);
        long timer = vertx.setTimer(left, late -> reader.giveUp());
        (body == null ? opened.send() : opened.send(body))
                .onSuccess(reader::read)
                .onFailure(result::tryFail);
        return result.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Reads a body up to the limit. */
    private final class Reader {
        private final HttpClientRequest request;
        private final Promise<OutboundAnswer> result;
        private final Buffer body = Buffer.buffer();
        private @Nullable HttpClientResponse response;

        Reader(HttpClientRequest request, Promise<OutboundAnswer> result) {
            this.request = request;
            this.result = result;
        }

        void read(HttpClientResponse answered) {
            response = answered;
            answered.exceptionHandler(broken -> end(answered, false))
                    .handler(chunk -> take(answered, chunk))
                    .endHandler(ended -> end(answered, true));
        }

        private void take(HttpClientResponse answered, Buffer chunk) {
            int room = limits.bodyBytes() - body.length();
            body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
            if (chunk.length() <= room) return;
            end(answered, false);
            request.reset();
        }

        private void end(HttpClientResponse answered, boolean isComplete) {
            var type = answered.getHeader("Content-Type");
            result.tryComplete(new OutboundAnswer(answered.statusCode(), type == null ? "" : type, body, isComplete));
        }

        void giveUp() {
            if (response == null) result.tryFail(new OutboundFailure(Reason.TIMED_OUT));
            else end(response, false);
            request.reset();
        }
    }

    private static <T> Future<T> named(Throwable failure) {
        return Future.failedFuture(failure instanceof OutboundFailure ? failure : new OutboundFailure(reason(failure)));
    }

    private static Reason reason(Throwable failure) {
        if (failure instanceof UnknownHostException) return Reason.UNKNOWN_HOST;
        if (failure instanceof TimeoutException) return Reason.TIMED_OUT;
        return failure instanceof SSLException || failure.getCause() instanceof SSLException
                ? Reason.TLS_FAILED
                : Reason.CONNECTION_FAILED;
    }

    /** Ends the connections. */
    public Future<Void> close() {
        return Future.join(http.close(), names.close()).mapEmpty();
    }
}

package io.parley.gateway.http;

import io.parley.gateway.connections.Http2Connections;
import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Reads the body of one request into memory, up to a limit. */
public final class BodyReader {
    /** In bytes, whether the body has a Content-Length or is chunked. */
    public static final int LIMIT = 1024 * 1024;

    // A client that is disconnected while it sends seldom reads the error, so so much more is read and dropped.
    private static final int DISCARDED = 7 * LIMIT;

    /** A buffer that grows has up to twice the bytes that are in it. */
    private static final int COPIES = 2;

    /** A body of one of these methods is never read. */
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final BytesInFlight.Share memory;
    private final int limit;
    private final Promise<Buffer> result = Promise.promise();
    private final ReceivingRate rate;
    private Buffer body = Buffer.buffer();
    private long size;

    private BodyReader(
            HttpServerRequest request, BytesInFlight.Share memory, ConnectionDeadlines deadlines, int limit) {
        this.limit = limit;
        this.memory = memory;
        this.rate = new ReceivingRate(deadlines, request, deadlines.receiving(), this::fail);
    }

    /**
     * Whether the headers announce a body; in HTTP/1.1 there is none without either header (RFC 9112, 6.3). A body in HTTP/2 needs
     * neither header, and Vert.x does not report whether the stream has ended, so the body may turn out to be empty.
     */
    public static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (Http2Connections.carry(request) && !WITHOUT_BODY.contains(request.method()));
    }

    /** Lets the rest of a request arrive. In HTTP/2 Vert.x refuses to resume a request that has ended. */
    public static void resume(HttpServerRequest request) {
        if (!request.isEnded()) request.resume();
    }

    /**
     * Fails with an {@link HttpError} if the body is too large or ends early, and overloaded if there is no memory for it. A client
     * that sends too slowly is answered and disconnected.
     *
     * @param memory takes the bytes of the body
     */
    public static Future<Buffer> read(
            HttpServerRequest request, BytesInFlight.Share memory, ConnectionDeadlines deadlines) {
        return read(request, memory, deadlines, LIMIT);
    }

    /**
     * The same with another limit.
     *
     * @param limit in bytes
     */
    public static Future<Buffer> read(
            HttpServerRequest request, BytesInFlight.Share memory, ConnectionDeadlines deadlines, int limit) {
        if (contentLength(request) > limit + (long) DISCARDED)
            return Future.failedFuture(HttpError.tooLargeToDiscard(limit));
        var reader = new BodyReader(request, memory, deadlines, limit);
        request.handler(reader::append)
                .exceptionHandler(broken -> reader.result.tryFail(HttpError.brokenBody()))
                .endHandler(ended -> reader.finish());
        return reader.result.future();
    }

    // Netty's decoder has refused every Content-Length that is not a number.
    private static long contentLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    // After a failure the rest is read and dropped, so that the client reads the answer.
    private void append(Buffer chunk) {
        size += chunk.length();
        if (size > limit + (long) DISCARDED) result.tryFail(HttpError.tooLargeToDiscard(limit));
        if (result.future().isComplete()) return;
        rate.received(chunk.length());
        if (size > limit) body = Buffer.buffer();
        else if (memory.take(COPIES * (long) chunk.length())) body.appendBuffer(chunk);
        else fail(Problem.overloaded());
    }

    private void fail(Throwable failure) {
        body = Buffer.buffer();
        result.tryFail(failure);
    }

    private void finish() {
        if (size > limit) result.tryFail(HttpError.tooLarge(limit));
        else result.tryComplete(body);
    }
}

package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Takes in the body of one request, up to a limit. */
public final class BodyReader {
    /** In bytes, however the body is framed. */
    static final int LIMIT = 1024 * 1024;

    // Whoever is cut off while still sending seldom gets to read why, so a little more is read and dropped.
    private static final int PATIENCE = 8 * LIMIT;

    private final Promise<Buffer> whole = Promise.promise();
    private Buffer body = Buffer.buffer();
    private long size;

    /** Whether one is announced; without that there is none (RFC 9112, 6.3). */
    public static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Fails with a refusal where the body is too large, or cannot be read to its end. */
    public static Future<Buffer> of(HttpServerRequest request) {
        var intake = new BodyReader();
        if (announced(request) > PATIENCE) return Future.failedFuture(HttpError.endless(LIMIT));
        request.handler(intake::take)
                .exceptionHandler(broken -> intake.whole.tryFail(HttpError.malformed("The body cannot be read.")))
                .endHandler(ended -> intake.finish());
        return intake.whole.future();
    }

    // Framing has made sure that it is a number where it is there.
    private static long announced(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void take(Buffer part) {
        size += part.length();
        if (size <= LIMIT) body.appendBuffer(part);
        else body = Buffer.buffer();
        if (size > PATIENCE) whole.tryFail(HttpError.endless(LIMIT));
    }

    private void finish() {
        if (size > LIMIT) whole.tryFail(HttpError.tooLarge(LIMIT));
        else whole.tryComplete(body);
    }
}

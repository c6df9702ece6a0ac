package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads the body of one request into memory, up to a limit. */
public final class BodyReader {
    /** In bytes, whether the body has a Content-Length or is chunked. */
    static final int LIMIT = 1024 * 1024;

    // A client that is disconnected while it sends seldom reads the error, so a larger body is read and dropped up to
    // here.
    private static final int DISCARD_LIMIT = 8 * LIMIT;

    private final Promise<Buffer> result = Promise.promise();
    private Buffer body = Buffer.buffer();
    private long size;

    /** Whether the headers announce a body; without either header there is none (RFC 9112, 6.3). */
    public static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Fails with an {@link HttpError} if the body is too large or ends early. */
    public static Future<Buffer> read(HttpServerRequest request) {
        var reader = new BodyReader();
        if (contentLength(request) > DISCARD_LIMIT) return Future.failedFuture(HttpError.tooLargeToDiscard(LIMIT));
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

    private void append(Buffer chunk) {
        size += chunk.length();
        if (size <= LIMIT) body.appendBuffer(chunk);
        else body = Buffer.buffer();
        if (size > DISCARD_LIMIT) result.tryFail(HttpError.tooLargeToDiscard(LIMIT));
    }

    private void finish() {
        if (size > LIMIT) result.tryFail(HttpError.tooLarge(LIMIT));
        else result.tryComplete(body);
    }
}

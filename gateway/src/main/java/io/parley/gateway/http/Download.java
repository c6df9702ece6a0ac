package io.parley.gateway.http;

import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of any size that is written while it is produced.
 *
 * @param file its name, of letters, dots and hyphens, for browsers that save it (RFC 6266)
 * @param memory counts what is being written
 * @param source passes its chunks to the writer that it is given, each after the write of the previous one has succeeded
 */
public record Download(
        String type, String file, BytesInFlight memory, Function<Function<Buffer, Future<Void>>, Future<?>> source)
        implements StreamedAnswer {
    private static final Logger log = LoggerFactory.getLogger(Download.class);

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var response = request.response();
        return source.apply(chunk -> write(request, chunk, deadlines))
                .compose(written -> {
                    writeHead(request);
                    return response.end();
                })
                .recover(failure -> response.headWritten() ? abort(request, failure) : Future.failedFuture(failure));
    }

    private Future<Void> write(HttpServerRequest request, Buffer chunk, ConnectionDeadlines deadlines) {
        writeHead(request);
        deadlines.writingAnswer(request);
        return chunk.length() == 0
                ? Future.succeededFuture()
                : memory.ifRoom(chunk.length(), () -> request.response().write(chunk));
    }

    private void writeHead(HttpServerRequest request) {
        var response = request.response();
        if (response.headWritten()) return;
        SecurityHeaders.apply(response);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + '"');
    }

    // Ending the response would look like success, so the connection is closed instead.
    private static Future<Void> abort(HttpServerRequest request, Throwable failure) {
        if (!request.response().closed()) log.warn("Download aborted: {}", failure.getMessage());
        ConnectionDeadlines.abort(request);
        return Future.succeededFuture();
    }
}

package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is written while it is made, however large it gets.
 *
 * @param source gives its pieces to the taker, each once what came of the one before has succeeded
 */
public record Download(String type, Function<Function<Buffer, Future<Void>>, Future<?>> source)
        implements StreamedAnswer {
    private static final Logger log = LoggerFactory.getLogger(Download.class);

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var response = request.response();
        return source.apply(piece -> write(request, piece, deadlines))
                .compose(made -> {
                    begin(request);
                    return response.end();
                })
                .recover(failure -> response.headWritten() ? breakOff(request, failure) : Future.failedFuture(failure));
    }

    // Who reads nothing for as long as a connection may be silent is gone.
    private Future<Void> write(HttpServerRequest request, Buffer piece, ConnectionDeadlines deadlines) {
        begin(request);
        deadlines.writing(request);
        return piece.length() == 0
                ? Future.succeededFuture()
                : request.response().write(piece);
    }

    private void begin(HttpServerRequest request) {
        var response = request.response();
        if (response.headWritten()) return;
        SecurityHeaders.apply(response);
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, type);
    }

    // An end would look like success.
    private static Future<Void> breakOff(HttpServerRequest request, Throwable failure) {
        if (!request.response().closed()) log.warn("A download broke off: {}", failure.getMessage());
        request.connection().close();
        return Future.succeededFuture();
    }
}

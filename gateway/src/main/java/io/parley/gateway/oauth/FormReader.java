package io.parley.gateway.oauth;

import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the form of a request. */
final class FormReader {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_BYTES = 16 * 1024;

    private final ConnectionDeadlines deadlines;
    private final BytesInFlight memory;

    FormReader(ConnectionDeadlines deadlines, BytesInFlight memory) {
        this.deadlines = deadlines;
        this.memory = memory;
    }

    /**
     * Fails with an {@link HttpError} if there is no form, or a large one, and with an {@link OAuthError} if it is malformed.
     *
     * @param late answers if the work takes too long
     */
    <T> Future<T> read(HttpServerRequest request, Consumer<Throwable> late, Function<OAuthParameters, Future<T>> work) {
        var share = memory.open();
        var body = BodyReader.hasBody(request)
                ? BodyReader.read(request, share, deadlines)
                : Future.succeededFuture(Buffer.buffer());
        return body.compose(bytes -> {
                    deadlines.requestReceived(request, () -> late.accept(Problem.timeout()));
                    return work.apply(parse(request, bytes));
                })
                .onComplete(done -> share.release());
    }

    private static OAuthParameters parse(HttpServerRequest request, Buffer body) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM))
            throw HttpError.unsupportedMediaType(List.of(FORM));
        if (body.length() > MAX_BYTES)
            throw HttpError.tooLarge("The form must not be larger than " + MAX_BYTES + " bytes.");
        return OAuthParameters.parse(body.toString(StandardCharsets.ISO_8859_1));
    }
}

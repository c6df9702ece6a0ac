package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;

/** A body that is taken in as it comes, however large it is. */
public final class Upload {
    /** In bytes: who sends less within the time for a whole request is cut off. */
    private static final int STRIDE = 16 * 1024;

    private final HttpServerRequest http;
    private final ConnectionDeadlines deadlines;
    private final Mac fingerprint;
    private final Promise<Void> whole = Promise.promise();
    private int sinceRenewal;

    public Upload(HttpServerRequest http, ConnectionDeadlines deadlines, Mac fingerprint) {
        this.http = http;
        this.deadlines = deadlines;
        this.fingerprint = fingerprint;
    }

    /**
     * Gives each piece to the taker once what came of the one before has succeeded; meanwhile nothing more is read. Fails
     * with what the taker fails with, and with a refusal where the body breaks off.
     */
    public Future<Void> to(Function<Buffer, Future<Void>> taker) {
        http.handler(piece -> take(piece, taker))
                .exceptionHandler(broken -> whole.tryFail(HttpError.malformed("The body cannot be read.")))
                .endHandler(ended -> whole.tryComplete());
        http.resume();
        return whole.future();
    }

    /** Reads it to its end and brings what tells it from others, in hexadecimal. */
    public Future<String> passedOver() {
        return to(piece -> Future.succeededFuture()).map(read -> fingerprint());
    }

    /** What tells it from others, in hexadecimal; once, when all of it has been taken. */
    public String fingerprint() {
        return HexFormat.of().formatHex(fingerprint.doFinal());
    }

    private void take(Buffer piece, Function<Buffer, Future<Void>> taker) {
        if (whole.future().isComplete()) return;
        http.pause();
        sinceRenewal += piece.length();
        fingerprint.update(piece.getBytes());
        taker.apply(piece).onFailure(whole::tryFail).onComplete(taken -> goOn());
    }

    private void goOn() {
        if (sinceRenewal >= STRIDE) {
            sinceRenewal = 0;
            deadlines.renew(http);
        }
        http.resume();
    }
}

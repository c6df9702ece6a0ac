package io.parley.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/** A body that is taken in as it comes, however large it is. */
final class Upload {
    /** In bytes: who sends less within the time for a whole request is cut off. */
    private static final int STRIDE = 16 * 1024;

    private final HttpServerRequest http;
    private final Deadlines deadlines;
    private final Promise<Void> whole = Promise.promise();
    private int sinceRenewal;

    Upload(HttpServerRequest http, Deadlines deadlines) {
        this.http = http;
        this.deadlines = deadlines;
    }

    /**
     * Gives each piece to the taker once what came of the one before has succeeded; meanwhile nothing more is read. Fails
     * with what the taker fails with, and with a refusal where the body breaks off.
     */
    Future<Void> to(Function<Buffer, Future<Void>> taker) {
        http.handler(piece -> take(piece, taker))
                .exceptionHandler(broken -> whole.tryFail(Refusal.malformed("The body cannot be read.")))
                .endHandler(ended -> whole.tryComplete());
        http.resume();
        return whole.future();
    }

    private void take(Buffer piece, Function<Buffer, Future<Void>> taker) {
        if (whole.future().isComplete()) return;
        http.pause();
        sinceRenewal += piece.length();
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

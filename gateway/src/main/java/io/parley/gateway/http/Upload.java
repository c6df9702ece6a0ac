package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;

/** A request body of any size that is processed while it arrives. */
public final class Upload {
    /** In bytes: a client that sends less than this within the receive time-out is disconnected. */
    private static final int MIN_PROGRESS = 16 * 1024;

    private final HttpServerRequest http;
    private final ConnectionDeadlines deadlines;
    private final Mac mac;
    private final Promise<Void> end = Promise.promise();
    private int sinceExtended;

    public Upload(HttpServerRequest http, ConnectionDeadlines deadlines, Mac mac) {
        this.http = http;
        this.deadlines = deadlines;
        this.mac = mac;
    }

    /**
     * Passes each chunk to the consumer after the previous one has been processed; in between nothing is read. Fails with
     * the consumer's failure, or with an {@link HttpError} if the body ends early.
     */
    public Future<Void> forEachChunk(Function<Buffer, Future<Void>> consumer) {
        http.handler(chunk -> process(chunk, consumer))
                .exceptionHandler(broken -> end.tryFail(HttpError.brokenBody()))
                .endHandler(ended -> end.tryComplete());
        http.resume();
        return end.future();
    }

    /** Reads the body to its end without processing it, and returns its {@link #fingerprint}. */
    public Future<String> discard() {
        return forEachChunk(chunk -> Future.succeededFuture()).map(read -> fingerprint());
    }

    /** The MAC of the body in hexadecimal. To be called once, after the last chunk. */
    public String fingerprint() {
        return HexFormat.of().formatHex(mac.doFinal());
    }

    private void process(Buffer chunk, Function<Buffer, Future<Void>> consumer) {
        if (end.future().isComplete()) return;
        http.pause();
        sinceExtended += chunk.length();
        mac.update(chunk.getBytes());
        consumer.apply(chunk).onFailure(end::tryFail).onComplete(processed -> readOn());
    }

    /** Restarts the deadline: the body is still being processed, although all of it may have arrived. */
    public void extend() {
        deadlines.extendReceiving(http);
    }

    private void readOn() {
        if (sinceExtended >= MIN_PROGRESS) {
            sinceExtended = 0;
            extend();
        }
        http.resume();
    }
}

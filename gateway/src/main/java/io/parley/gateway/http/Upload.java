package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/** A request body of any size that is processed while it arrives. A client that sends too slowly is disconnected. */
public final class Upload {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final HttpServerRequest http;
    private final ConnectionDeadlines deadlines;
    private final Mac mac;
    private final Promise<Void> end = Promise.promise();

    public Upload(HttpServerRequest http, ConnectionDeadlines deadlines, Mac mac) {
        this.http = http;
        this.deadlines = deadlines;
        this.mac = mac;
    }

    /** Bytes of the body, if the client says it before. */
    public OptionalLong length() {
        var length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || !LENGTH.matcher(length).matches()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(length));
    }

    /** The client need not send anything until this future is complete. */
    public <T> Future<T> waitFor(Future<T> future) {
        return deadlines.whileAnswering(http, future);
    }

    /**
     * Passes each chunk to the consumer after the previous one has been processed; in between nothing is read. Fails with
     * the consumer's failure, or with an {@link HttpError} if the body ends early.
     */
    public Future<Void> forEachChunk(Function<Buffer, Future<Void>> consumer) {
        if (http.response().closed()) return Future.failedFuture(HttpError.brokenBody());
        var rate = new ReceivingRate(deadlines, http, null, end::tryFail);
        http.handler(chunk -> process(chunk, consumer, rate))
                .exceptionHandler(broken -> end.tryFail(HttpError.brokenBody()))
                .endHandler(ended -> finish());
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

    // What arrives after a failure is dropped, so that the client reads the answer.
    private void process(Buffer chunk, Function<Buffer, Future<Void>> consumer, ReceivingRate rate) {
        if (end.future().isComplete()) return;
        http.pause();
        rate.pause();
        mac.update(chunk.getBytes());
        waitFor(consumer.apply(chunk).onFailure(end::tryFail)).onComplete(processed -> readOn(chunk, rate));
    }

    private void readOn(Buffer chunk, ReceivingRate rate) {
        if (!end.future().isComplete()) {
            rate.received(chunk.length());
            rate.resume();
        }
        http.resume();
    }

    private void finish() {
        extend();
        end.tryComplete();
    }

    /** Restarts the deadline: the body is still being processed, although all of it may have arrived. */
    public void extend() {
        deadlines.receive(http, deadlines.receiving(), end::tryFail);
    }
}

package io.parley.assistant.completions;

import io.parley.contracts.assistant.Completions;
import io.parley.contracts.assistant.Completions.Pass;
import io.parley.contracts.assistant.Completions.Passed;
import io.parley.contracts.assistant.Completions.Piece;
import io.parley.contracts.assistant.Completions.Taken;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.SpendTokens;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to a provider, from its head to the last piece of its answer; for one event loop. */
final class PassedRequest {
    private static final Logger log = LoggerFactory.getLogger(PassedRequest.class);

    /** Of an answer, in bytes, that may be under way to the receiver. */
    private static final int MAX_UNDER_WAY = 256 * 1024;

    private static final int FIRST_BYTE_SECONDS = 120;
    private static final int MISSED_BEATS = 3;

    private final Vertx vertx;
    private final Bus bus;
    private final Pass command;
    private final PassedUsage usage = new PassedUsage();
    private final Promise<Void> ended = Promise.promise();
    private final Deque<Integer> underWay = new ArrayDeque<>();
    private final long timer;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private int bytesUnderWay;
    private int taken;
    private int number;
    private int missedBeats;

    PassedRequest(Vertx vertx, Bus bus, Pass command) {
        this.vertx = vertx;
        this.bus = bus;
        this.command = command;
        this.timer = vertx.setPeriodic(Completions.BEAT_MILLIS, beat -> onBeat());
    }

    /** Succeeds when there is nothing more to come. */
    Future<Void> ended() {
        return ended.future();
    }

    Future<Passed> send(Future<HttpClientRequest> opening) {
        return opening.compose(opened -> {
                    request = opened;
                    if (ended.future().isComplete()) opened.reset();
                    return opened.send(Buffer.buffer(command.body().text()))
                            .timeout(FIRST_BYTE_SECONDS, TimeUnit.SECONDS);
                })
                .map(this::begin)
                .recover(failure -> {
                    log.warn("Provider not reached: {}", failure.getClass().getSimpleName());
                    close();
                    return Future.succeededFuture(
                            new Passed(failure instanceof TimeoutException ? 504 : 503, null, null));
                });
    }

    private Passed begin(HttpClientResponse answered) {
        var head = new Passed(
                answered.statusCode(), answered.getHeader("Content-Type"), answered.getHeader("Retry-After"));
        // The text of an error may quote the key.
        if (head.status() == 200) {
            response = answered.pause();
            answered.handler(this::pass)
                    .endHandler(end -> publish(Buffer.buffer(), true, false))
                    .exceptionHandler(broken -> publish(Buffer.buffer(), true, true));
        } else {
            log.warn("Provider answered a request that was passed on with status {}", head.status());
            close();
        }
        return head;
    }

    private void pass(Buffer bytes) {
        if (ended.future().isComplete()) return;
        usage.read(bytes);
        underWay.add(bytes.length());
        bytesUnderWay += bytes.length();
        if (bytesUnderWay > MAX_UNDER_WAY && response != null) response.pause();
        publish(bytes, false, false);
    }

    private void publish(Buffer bytes, boolean isLast, boolean isBroken) {
        if (ended.future().isComplete()) return;
        bus.publish(
                Completions.PIECES,
                new Piece(command.id(), ++number, bytes.toString(StandardCharsets.ISO_8859_1), isLast, isBroken));
        if (isLast) end();
    }

    void onTaken(Taken notice) {
        missedBeats = 0;
        if (notice.isCancelled()) {
            close();
            return;
        }
        for (; taken < notice.number() && !underWay.isEmpty(); taken++) bytesUnderWay -= underWay.remove();
        if (bytesUnderWay <= MAX_UNDER_WAY / 2 && response != null) response.resume();
    }

    private void onBeat() {
        if (response != null && ++missedBeats > MISSED_BEATS) close();
    }

    /** Ends the request at once. */
    void close() {
        if (ended.future().isComplete()) return;
        end();
        if (request != null) request.reset();
    }

    private void end() {
        if (!ended.tryComplete()) return;
        vertx.cancelTimer(timer);
        if (usage.tokens() == 0) return;
        bus.ask(Quotas.SPEND_TOKENS, new SpendTokens(command.caller().userId(), command.model(), usage.tokens()))
                .onFailure(failure -> log.warn("Tokens of a passed request not counted: {}", failure.getMessage()));
    }
}

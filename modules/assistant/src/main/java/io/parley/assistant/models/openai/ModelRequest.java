package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.ModelReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request for an answer, from connecting to the last byte. Runs in one context. */
final class ModelRequest {
    private static final String DONE = "[DONE]";

    private final HttpClient http;
    private final ModelLimits limits;
    private final ReplyAssembler assembler;
    private final Consumer<String> onText;
    private final SseReader events = new SseReader(this::onEvent);
    private final IdleTimer idleTimer;
    private final Promise<ModelReply> reply = Promise.promise();
    private @Nullable HttpClientRequest request;
    private boolean hasBegun;
    private boolean hasEnded;

    ModelRequest(Vertx vertx, HttpClient http, ModelLimits limits, ReplyAssembler assembler, Consumer<String> onText) {
        this.http = http;
        this.limits = limits;
        this.assembler = assembler;
        this.onText = onText;
        this.idleTimer = new IdleTimer(vertx, this::onIdle);
    }

    ModelRequest send(RequestOptions options, Buffer body) {
        idleTimer.restart(limits.firstByte());
        http.request(options).onSuccess(opened -> send(opened, body)).onFailure(this::onNoConnection);
        return this;
    }

    /** Fails with a {@link ModelRequestFailure}. Never completes after {@link #abort}. */
    Future<ModelReply> reply() {
        return reply.future();
    }

    /** Closes the connection at once. */
    void abort() {
        hasEnded = true;
        idleTimer.stop();
        if (request != null) request.reset();
    }

    private void send(HttpClientRequest opened, Buffer body) {
        request = opened.exceptionHandler(this::onConnectionLost);
        if (hasEnded) opened.reset();
        else opened.send(body).onSuccess(this::onResponse).onFailure(this::onConnectionLost);
    }

    private void onNoConnection(Throwable cause) {
        if (cause instanceof ConnectionPoolTooBusyException)
            fail(new ModelRequestFailure(Kind.OVERLOADED, "too many requests are waiting for a connection"));
        else fail(new ModelRequestFailure(Kind.UNAVAILABLE, nameOf(cause), cause instanceof ConnectException, null));
    }

    private void onResponse(HttpClientResponse response) {
        response.exceptionHandler(this::onConnectionLost);
        if (hasEnded) return;
        if (response.statusCode() == 200) response.handler(this::onBytes).endHandler(ended -> onEnd());
        else fail(ModelRequestFailure.ofStatus(response.statusCode(), response.getHeader("Retry-After")));
    }

    private void onBytes(Buffer bytes) {
        if (hasEnded) return;
        if (hasBegun) idleTimer.active();
        else idleTimer.restart(limits.silence());
        hasBegun = true;
        read(bytes);
    }

    private void read(Buffer bytes) {
        try {
            events.handle(bytes);
        } catch (RuntimeException unreadable) {
            fail(new ModelRequestFailure(Kind.BROKEN_OFF, nameOf(unreadable)));
        }
    }

    private void onEvent(String data) {
        if (hasEnded) return;
        if (data.equals(DONE)) {
            complete();
            return;
        }
        var text = assembler.add(data);
        if (!text.isEmpty()) onText.accept(text);
    }

    // The connection returns to the pool only when the response has ended, which should be right now.
    private void complete() {
        var whole = assembler.reply();
        hasEnded = true;
        idleTimer.restart(limits.silence());
        reply.complete(whole);
    }

    private void onEnd() {
        idleTimer.stop();
        if (hasEnded) return;
        if (assembler.isFinished()) completeWithoutDone();
        else fail(new ModelRequestFailure(Kind.BROKEN_OFF, "the answer ended too early"));
    }

    private void completeWithoutDone() {
        try {
            complete();
            idleTimer.stop();
        } catch (ModelFailure unusable) {
            fail(new ModelRequestFailure(unusable.kind(), nameOf(unusable)));
        }
    }

    private void onConnectionLost(Throwable cause) {
        fail(new ModelRequestFailure(hasBegun ? Kind.BROKEN_OFF : Kind.UNAVAILABLE, nameOf(cause)));
    }

    private void onIdle() {
        fail(new ModelRequestFailure(Kind.TIMED_OUT, "no data for too long"));
        abort();
    }

    private void fail(ModelRequestFailure failure) {
        if (hasEnded) return;
        abort();
        reply.fail(failure);
    }

    // Not the message, which may quote the provider.
    private static String nameOf(Throwable cause) {
        return cause.getClass().getSimpleName();
    }
}

package io.parley.assistant.models.openai;

import io.parley.assistant.metrics.ProviderCall;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.openai.reply.ReplyReader;
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
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request for an answer, from connecting to the last byte. Runs in one context. Whatever is thrown meanwhile ends it
 * at once, because an exception in a callback would otherwise leave the turn waiting, and reach the log with its message.
 */
final class ModelRequest {
    private final HttpClient http;
    private final ModelLimits limits;
    private final ReplyReader reader;
    private final ProviderCall call;
    private final IdleTimer idleTimer;
    private final Promise<ModelReply> reply = Promise.promise();
    private @Nullable HttpClientRequest request;
    private boolean hasBegun;
    private boolean hasEnded;

    ModelRequest(Vertx vertx, HttpClient http, ModelLimits limits, ReplyReader reader, ProviderCall call) {
        this.http = http;
        this.limits = limits;
        this.reader = reader;
        this.call = call;
        this.idleTimer = new IdleTimer(vertx, this::onIdle);
    }

    ModelRequest send(RequestOptions options, Buffer body) {
        idleTimer.restart(limits.firstByte());
        http.request(options)
                .onSuccess(opened -> guarded(() -> send(opened, body)))
                .onFailure(this::onNoConnection);
        return this;
    }

    /** Fails with a {@link ModelRequestFailure}. Never completes after {@link #abort}. */
    Future<ModelReply> reply() {
        return reply.future();
    }

    /** The tokens that were reported so far; null if none were. */
    ModelReply.@Nullable Usage usage() {
        return reader.usage();
    }

    /** Closes the connection at once. */
    void abort() {
        hasEnded = true;
        call.end(true);
        idleTimer.stop();
        if (request != null) request.reset();
    }

    private void send(HttpClientRequest opened, Buffer body) {
        request = opened.exceptionHandler(this::onConnectionLost);
        if (hasEnded) opened.reset();
        else
            opened.send(body)
                    .onSuccess(response -> guarded(() -> onResponse(response)))
                    .onFailure(this::onConnectionLost);
    }

    private void onNoConnection(Throwable cause) {
        if (cause instanceof ConnectionPoolTooBusyException)
            fail(new ModelRequestFailure(Kind.OVERLOADED, "too many requests are waiting for a connection"));
        else fail(new ModelRequestFailure(Kind.UNREACHABLE, nameOf(cause), cause instanceof ConnectException, null));
    }

    private void onResponse(HttpClientResponse response) {
        call.answered(response.statusCode());
        response.exceptionHandler(this::onConnectionLost);
        if (hasEnded) return;
        if (response.statusCode() == 200)
            response.handler(bytes -> guarded(() -> onBytes(bytes))).endHandler(ended -> guarded(this::onEnd));
        else fail(ModelRequestFailure.ofStatus(response.statusCode(), response.getHeader("Retry-After")));
    }

    private void onBytes(Buffer bytes) {
        if (hasEnded) return;
        if (hasBegun) idleTimer.active();
        else idleTimer.restart(limits.silence());
        hasBegun = true;
        reader.read(bytes);
        if (reader.isDone() && !hasEnded) complete();
    }

    // The connection returns to the pool only when the response has ended, which should be right now.
    private void complete() {
        var whole = reader.reply();
        hasEnded = true;
        if (whole.usage() != null)
            call.spent(whole.usage().promptTokens(), whole.usage().completionTokens());
        call.end(false);
        idleTimer.restart(limits.silence());
        reply.complete(whole);
    }

    private void onEnd() {
        idleTimer.stop();
        if (hasEnded) return;
        reader.end();
        if (!reader.isFinished()) {
            fail(new ModelRequestFailure(Kind.BROKEN_OFF, "the answer ended too early"));
            return;
        }
        complete();
        idleTimer.stop();
    }

    // What was finished before is whole, although the connection did not last to its end.
    private void onConnectionLost(Throwable cause) {
        if (!hasEnded && reader.isFinished()) guarded(this::complete);
        else fail(new ModelRequestFailure(hasBegun ? Kind.BROKEN_OFF : Kind.UNREACHABLE, nameOf(cause)));
    }

    private void onIdle() {
        fail(new ModelRequestFailure(Kind.TIMED_OUT, "no data for too long"));
        abort();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (ModelFailure unusable) {
            fail(new ModelRequestFailure(unusable.kind(), "the answer cannot be used"));
        } catch (RuntimeException unexpected) {
            fail(new ModelRequestFailure(Kind.INTERNAL, placeOf(unexpected)));
        }
    }

    private void fail(ModelRequestFailure failure) {
        if (hasEnded) return;
        hasEnded = true;
        reply.fail(failure);
        abort();
    }

    // Neither shows the message, which may quote the key or the provider.
    private static String nameOf(Throwable cause) {
        return cause.getClass().getSimpleName();
    }

    static String placeOf(Throwable cause) {
        var trace = cause.getStackTrace();
        return trace.length == 0 ? nameOf(cause) : nameOf(cause) + " at " + trace[0];
    }
}

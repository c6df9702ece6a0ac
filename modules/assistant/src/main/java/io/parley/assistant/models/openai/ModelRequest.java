package io.parley.assistant.models.openai;

import io.parley.assistant.models.IdleTimer;
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

/** One request for an answer, from connecting to its last byte, in one context. */
final class ModelRequest {
    private static final String DONE = "[DONE]";

    private final HttpClient http;
    private final ModelLimits limits;
    private final ReplyAssembler pieces;
    private final Consumer<String> text;
    private final SseReader events = new SseReader(this::event);
    private final IdleTimer silence;
    private final Promise<ModelReply> reply = Promise.promise();
    private @Nullable HttpClientRequest open;
    private boolean begun;
    private boolean over;

    ModelRequest(Vertx vertx, HttpClient http, ModelLimits limits, ReplyAssembler pieces, Consumer<String> text) {
        this.http = http;
        this.limits = limits;
        this.pieces = pieces;
        this.text = text;
        this.silence = new IdleTimer(vertx, this::tooSilent);
    }

    ModelRequest ask(RequestOptions options, Buffer body) {
        silence.allow(limits.firstByte());
        http.request(options).onSuccess(request -> send(request, body)).onFailure(this::unreachable);
        return this;
    }

    /** Fails with an {@link ModelRequestFailure}, unless it is aborted: then it never ends. */
    Future<ModelReply> reply() {
        return reply.future();
    }

    /** Closes the connection at once. */
    void abort() {
        over = true;
        silence.stop();
        if (open != null) open.reset();
    }

    private void send(HttpClientRequest request, Buffer body) {
        open = request.exceptionHandler(this::lost);
        if (over) request.reset();
        else request.send(body).onSuccess(this::begin).onFailure(this::lost);
    }

    private void unreachable(Throwable cause) {
        if (cause instanceof ConnectionPoolTooBusyException)
            fail(new ModelRequestFailure(Kind.OVERLOADED, "too many requests are waiting here"));
        else fail(new ModelRequestFailure(Kind.UNAVAILABLE, named(cause), cause instanceof ConnectException, null));
    }

    private void begin(HttpClientResponse response) {
        response.exceptionHandler(this::lost);
        if (over) return;
        if (response.statusCode() == 200) response.handler(this::hear).endHandler(ended -> end());
        else fail(ModelRequestFailure.refused(response.statusCode(), response.getHeader("Retry-After")));
    }

    private void hear(Buffer bytes) {
        if (over) return;
        if (begun) silence.broken();
        else silence.allow(limits.silence());
        begun = true;
        read(bytes);
    }

    private void read(Buffer bytes) {
        try {
            events.handle(bytes);
        } catch (RuntimeException useless) {
            fail(new ModelRequestFailure(Kind.BROKEN_OFF, named(useless)));
        }
    }

    private void event(String data) {
        if (over) return;
        if (data.equals(DONE)) {
            complete();
            return;
        }
        var piece = pieces.add(data);
        if (!piece.isEmpty()) text.accept(piece);
    }

    /** The connection is left to the pool when the response has ended, which it should do right now. */
    private void complete() {
        var whole = pieces.whole();
        over = true;
        silence.allow(limits.silence());
        reply.complete(whole);
    }

    private void end() {
        silence.stop();
        if (over) return;
        if (!pieces.finished()) fail(new ModelRequestFailure(Kind.BROKEN_OFF, "the answer ended too early"));
        else finish();
    }

    private void finish() {
        try {
            complete();
            silence.stop();
        } catch (ModelFailure useless) {
            fail(new ModelRequestFailure(useless.kind(), named(useless)));
        }
    }

    private void lost(Throwable cause) {
        fail(new ModelRequestFailure(begun ? Kind.BROKEN_OFF : Kind.UNAVAILABLE, named(cause)));
    }

    private void tooSilent() {
        fail(new ModelRequestFailure(Kind.TIMED_OUT, "silence"));
        abort();
    }

    private void fail(ModelRequestFailure failure) {
        if (over) return;
        abort();
        reply.fail(failure);
    }

    /** Not its message, which may hold what the provider wrote. */
    private static String named(Throwable cause) {
        return cause.getClass().getSimpleName();
    }
}

package io.parley.webhooks;

import io.parley.testing.Answers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the calls of webhooks, each at a path of its own. */
public final class Receiver {
    private final Map<String, Consumer<HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();
    private final int port;

    /** @param headers by names in lower case */
    public record Call(Map<String, String> headers, String body) {}

    public Receiver(Vertx vertx) {
        port = Answers.of(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var headers = new ConcurrentHashMap<String, String>();
            request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            calls(request.path()).add(new Call(headers, body.toString()));
            answers.getOrDefault(request.path(), HttpServerResponse::end).accept(request.response());
        });
    }

    private BlockingQueue<Call> calls(String path) {
        return calls.computeIfAbsent(path, each -> new LinkedBlockingQueue<>());
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** From now on calls of the path are answered so. */
    public void answer(String path, Consumer<HttpServerResponse> answer) {
        answers.put(path, answer);
    }

    public void answer(String path, int status) {
        answer(path, response -> response.setStatusCode(status).end());
    }

    /** The next call of the path; fails if there is none within ten seconds. */
    public Call next(String path) {
        try {
            var call = calls(path).poll(10, TimeUnit.SECONDS);
            if (call == null) throw new AssertionError("no call of " + path);
            return call;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The next call of the path, if it has come already. */
    public @Nullable Call arrived(String path) {
        return calls(path).poll();
    }
}

package io.parley.bench;

import io.parley.bench.load.Client;
import io.parley.bench.load.OpenLoop;
import io.parley.bench.load.SlowModel;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens many streams, of turns and of changes, and measures other requests and the heap meanwhile. */
@Command(name = "streams", description = "Measures how open streams affect other requests and the heap.")
final class Streams implements Callable<Integer> {
    private static final int USERS = 50;
    private static final int OPENED_AT_ONCE = 32;
    private static final int MODEL_KEEP_ALIVE_SECONDS = 6;
    private static final Duration BASELINE = Duration.ofSeconds(15);

    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(names = "--streams", description = "Streams that are open at the same time (default: ${DEFAULT-VALUE}).")
    private int streams = 1_000;

    @Option(names = "--seconds", description = "Seconds that each stream is open (default: ${DEFAULT-VALUE}).")
    private int seconds = 40;

    @Option(names = "--words", description = "Words a second that the model sends in each (default: ${DEFAULT-VALUE}).")
    private int words = 1;

    @Option(names = "--rate", description = "Other requests a second (default: ${DEFAULT-VALUE}).")
    private int rate = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private final List<Client> users = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<List<String>> conversations = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var model = Blocking.await(new SlowModel(vertx, words * seconds, 1_000 / words).listen());
        try (var workspace = Workspace.create();
                var subject = new ServerUnderTest(
                        options.jar(),
                        workspace,
                        Map.of(
                                "PARLEY_ASSISTANT_BASE_URL",
                                "http://127.0.0.1:" + model.actualPort() + "/v1",
                                "PARLEY_ASSISTANT_MODEL",
                                "slow"))) {
            createUsers(Client.of(vertx, subject.port(), streams + 100));
            // Creates what is created once, before the heap is measured.
            chat(Math.min(streams, 100), subject.port());
            follow(Math.min(streams, 100), () -> Future.succeededFuture());
            Blocking.await(otherRequests("(warm-up)", BASELINE));
            long before = subject.liveHeap();
            Blocking.await(otherRequests("no streams", BASELINE));
            chat(streams, subject.port());
            report(subject, before);
            follow(streams, () -> otherRequests(streams + " of changes", Duration.ofSeconds(seconds)));
            report(subject, before);
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private void createUsers(Client client) {
        for (int number = 0; number < USERS; number++) {
            var user = Blocking.await(client.register("user" + number));
            users.add(user);
            conversations.add(new ArrayList<>());
            for (int at = 0; at <= streams / USERS; at++) {
                var conversation = Blocking.await(user.post("/conversations", new JsonObject().put("title", "Talk")));
                conversations.get(number).add(conversation.getString("id"));
            }
            messages.add(Blocking.await(user.post(
                            "/conversations/" + conversations.get(number).get(0) + "/messages",
                            new JsonObject().put("role", "user").put("content", "Good morning")))
                    .getString("id"));
        }
    }

    private void chat(int number, int port) {
        var streaming = Client.of(vertx, port, number);
        var finished = new AtomicInteger();
        var events = new AtomicInteger();
        var open = openAll(number, at -> {
            var user = users.get(at % USERS).over(streaming.connections());
            var conversation = conversations.get(at % USERS).get(at / USERS);
            return user.stream(
                    HttpMethod.POST,
                    "/chat/conversations/" + conversation + "/messages",
                    new JsonObject().put("content", "Talk to me"));
        });
        var ends = new ArrayList<Future<?>>();
        for (var stream : open) {
            stream.handler(chunk -> {
                var text = chunk.toString();
                events.addAndGet(text.split("content.delta", -1).length - 1);
                if (text.contains("turn.completed")) finished.incrementAndGet();
            });
            ends.add(stream.end());
            stream.resume();
        }
        if (number == streams) Blocking.await(otherRequests(number + " of turns", Duration.ofSeconds(seconds / 2)));
        Blocking.await(Future.all(ends));
        print("%d of %d turns completed, %d events with text%n", finished.get(), number, events.get());
        Blocking.await(streaming.connections().close());
        // The server keeps its connections to the model open for a moment.
        Blocking.await(vertx.timer(MODEL_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS));
    }

    private void follow(int number, Supplier<Future<?>> meanwhile) {
        var events = new AtomicInteger();
        var open = openAll(number, at -> users.get(at % USERS).stream(HttpMethod.GET, "/events", null));
        for (var stream : open) {
            stream.handler(chunk -> events.addAndGet(chunk.toString().split("event: ", -1).length - 1));
            stream.resume();
        }
        Blocking.await(meanwhile.get());
        open.forEach(stream -> stream.request().connection().close());
        print("%d streams of changes, %d events%n", number, events.get());
    }

    private List<HttpClientResponse> openAll(int number, IntFunction<Future<HttpClientResponse>> opening) {
        var open = new ArrayList<HttpClientResponse>();
        for (int at = 0; at < number; at += OPENED_AT_ONCE) {
            var batch = new ArrayList<Future<HttpClientResponse>>();
            for (int index = at; index < Math.min(number, at + OPENED_AT_ONCE); index++)
                batch.add(opening.apply(index));
            Blocking.await(Future.all(batch));
            batch.forEach(stream -> open.add(stream.result()));
        }
        return open;
    }

    private Future<OpenLoop> otherRequests(String label, Duration time) {
        return OpenLoop.run(vertx, this::sendOther, rate, time)
                .onSuccess(loop -> print(
                        "%-18s other requests: p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d of %d failed%n",
                        label,
                        loop.millis(50),
                        loop.millis(99),
                        loop.millis(100),
                        loop.failed(),
                        loop.latency.getTotalCount()));
    }

    /** Seven in ten read a message, two list conversations, one posts a message. */
    private Future<?> sendOther(long number) {
        int user = (int) (number / 10 % USERS);
        var client = users.get(user);
        int kind = (int) (number % 10);
        if (kind < 7) return client.get("/messages/" + messages.get(user));
        if (kind < 9) return client.get("/conversations");
        var conversation = conversations.get(user).get(streams / USERS);
        return client.post(
                "/conversations/" + conversation + "/messages",
                new JsonObject().put("role", "user").put("content", "And then?"));
    }

    private static void report(ServerUnderTest subject, long before) {
        long after = subject.liveHeap();
        print(
                "live heap before %.1f MiB, after %.1f MiB (%+.1f %%); resident %.0f MiB%n",
                before / 1048576.0,
                after / 1048576.0,
                100.0 * (after - before) / before,
                subject.resident() / 1048576.0);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}

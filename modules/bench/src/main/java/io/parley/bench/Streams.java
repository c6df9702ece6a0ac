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

/** Many clients that listen while an assistant talks to each of them, and others that ask for something meanwhile. */
@Command(name = "streams", description = "Streams that are open, and what they do to other requests and to the heap.")
final class Streams implements Callable<Integer> {
    private static final int PEOPLE = 50;
    private static final int AT_ONCE = 32;
    private static final int CONNECTIONS_KEPT_SECONDS = 6;
    private static final Duration QUIET = Duration.ofSeconds(15);

    @Mixin
    private MeasurementOptions measured = new MeasurementOptions();

    @Option(names = "--streams", description = "how many are open at once (${DEFAULT-VALUE})")
    private int streams = 1_000;

    @Option(names = "--seconds", description = "how long each is open (${DEFAULT-VALUE})")
    private int seconds = 40;

    @Option(names = "--words", description = "how many words the model says a second in each (${DEFAULT-VALUE})")
    private int words = 1;

    @Option(names = "--rate", description = "other requests a second (${DEFAULT-VALUE})")
    private int rate = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private final List<Client> people = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<List<String>> conversations = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var model = Blocking.await(new SlowModel(vertx, words * seconds, 1_000 / words).listen());
        try (var workspace = Workspace.create();
                var subject = new ServerUnderTest(
                        measured.jar(),
                        workspace,
                        Map.of(
                                "PARLEY_ASSISTANT_BASE_URL",
                                "http://127.0.0.1:" + model.actualPort() + "/v1",
                                "PARLEY_ASSISTANT_MODEL",
                                "slow"))) {
            settle(Client.of(vertx, subject.port(), streams + 100));
            // Whatever is made once is there before the heap is looked at.
            chat(Math.min(streams, 100), subject.port());
            follow(Math.min(streams, 100), () -> Future.succeededFuture());
            Blocking.await(others("(warm up)", QUIET));
            long before = subject.liveHeap();
            Blocking.await(others("none", QUIET));
            chat(streams, subject.port());
            report(subject, before);
            follow(streams, () -> others(streams + " of changes", Duration.ofSeconds(seconds)));
            report(subject, before);
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private void settle(Client anybody) {
        for (int number = 0; number < PEOPLE; number++) {
            var person = Blocking.await(anybody.registered("person" + number));
            people.add(person);
            conversations.add(new ArrayList<>());
            for (int at = 0; at <= streams / PEOPLE; at++) {
                var conversation = Blocking.await(person.post("/conversations", new JsonObject().put("title", "Talk")));
                conversations.get(number).add(conversation.getString("id"));
            }
            messages.add(Blocking.await(person.post(
                            "/conversations/" + conversations.get(number).get(0) + "/messages",
                            new JsonObject().put("role", "user").put("content", "Good morning")))
                    .getString("id"));
        }
    }

    private void chat(int number, int port) {
        var streaming = Client.of(vertx, port, number);
        var finished = new AtomicInteger();
        var heard = new AtomicInteger();
        var open = openAll(number, at -> {
            var person = people.get(at % PEOPLE).over(streaming.connections());
            var conversation = conversations.get(at % PEOPLE).get(at / PEOPLE);
            return person.stream(
                    HttpMethod.POST,
                    "/chat/conversations/" + conversation + "/messages",
                    new JsonObject().put("content", "Talk to me"));
        });
        var ends = new ArrayList<Future<?>>();
        for (var stream : open) {
            stream.handler(piece -> {
                var text = piece.toString();
                heard.addAndGet(text.split("content.delta", -1).length - 1);
                if (text.contains("turn.completed")) finished.incrementAndGet();
            });
            ends.add(stream.end());
            stream.resume();
        }
        if (number == streams) Blocking.await(others(number + " of turns", Duration.ofSeconds(seconds / 2)));
        Blocking.await(Future.all(ends));
        print("%d of %d turns completed, %d events with text%n", finished.get(), number, heard.get());
        Blocking.await(streaming.connections().close());
        // The server keeps those to the model for a moment, too.
        Blocking.await(vertx.timer(CONNECTIONS_KEPT_SECONDS, TimeUnit.SECONDS));
    }

    private void follow(int number, Supplier<Future<?>> meanwhile) {
        var heard = new AtomicInteger();
        var open = openAll(number, at -> people.get(at % PEOPLE).stream(HttpMethod.GET, "/events", null));
        for (var stream : open) {
            stream.handler(piece -> heard.addAndGet(piece.toString().split("event: ", -1).length - 1));
            stream.resume();
        }
        Blocking.await(meanwhile.get());
        open.forEach(stream -> stream.request().connection().close());
        print("%d streams of changes, %d events%n", number, heard.get());
    }

    private List<HttpClientResponse> openAll(int number, IntFunction<Future<HttpClientResponse>> opening) {
        var open = new ArrayList<HttpClientResponse>();
        for (int at = 0; at < number; at += AT_ONCE) {
            var few = new ArrayList<Future<HttpClientResponse>>();
            for (int each = at; each < Math.min(number, at + AT_ONCE); each++) few.add(opening.apply(each));
            Blocking.await(Future.all(few));
            few.forEach(stream -> open.add(stream.result()));
        }
        return open;
    }

    private Future<OpenLoop> others(String open, Duration time) {
        return OpenLoop.run(vertx, this::ask, rate, time)
                .onSuccess(asked -> print(
                        "%-18s other requests: p50 %.1f ms, p99 %.1f ms, most %.1f ms, %d of %d failed%n",
                        open,
                        asked.millis(50),
                        asked.millis(99),
                        asked.millis(100),
                        asked.failed(),
                        asked.latency.getTotalCount()));
    }

    /** Seven in ten read a message, two list conversations, one posts a message. */
    private Future<?> ask(long number) {
        int person = (int) (number / 10 % PEOPLE);
        var client = people.get(person);
        int kind = (int) (number % 10);
        if (kind < 7) return client.get("/messages/" + messages.get(person));
        if (kind < 9) return client.get("/conversations");
        var conversation = conversations.get(person).get(streams / PEOPLE);
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

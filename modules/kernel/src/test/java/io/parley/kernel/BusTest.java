package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem.Kind;
import io.parley.kernel.limits.RateState;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusTest {
    record Request(
            String text, Patch<Integer> patch, @Nullable Secret secret) {}

    record Item(UUID id, Instant at, Json metadata) {}

    record Place(String thread) {}

    private static final Address<Request, Page<Item>> ITEMS = new Address<>("test.items");
    private static final Topic<Item> NEWS = new Topic<>("test.news");
    private static final Request REQUEST = new Request("what?", Patch.to(null), new Secret("hush"));
    private static final Item ITEM =
            new Item(Ids.next(), Instant.parse("2026-11-22T10:11:12.123456Z"), new Json("{\"a\":1.10}"));

    private static final Address<Place, Place> WHERE = new Address<>("test.where");
    private static final DeploymentOptions ON_EVERY_LOOP =
            new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void carriesRequestsAndReplies(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        var asked = new CompletableFuture<Request>();
        var page = new Page<>(List.of(ITEM), new Cursor(ITEM.at(), ITEM.id()));
        bus.answer(ITEMS, request -> {
            asked.complete(request);
            return Future.succeededFuture(page);
        });

        assertThat(result(bus.ask(ITEMS, REQUEST))).isEqualTo(page);
        assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEmptyPages(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        bus.answer(ITEMS, request -> Future.succeededFuture(new Page<>(List.of(), null)));

        assertThat(result(bus.ask(ITEMS, REQUEST)).items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void publishesToEverySubscriber(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        var first = new CompletableFuture<Item>();
        var second = new CompletableFuture<Item>();
        bus.subscribe(NEWS, first::complete);
        bus.subscribe(NEWS, second::complete);

        bus.publish(NEWS, ITEM);

        assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(ITEM);
        assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(ITEM);
    }

    @ParameterizedTest
    @EnumSource
    void carriesProblemsWithTheirFaults(Bus.Form form) throws Exception {
        var problem = problemOf(form, request -> Future.failedFuture(Problem.invalid("/title", "is required")));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).containsExactly(new Problem.Fault("/title", "is required"));
    }

    @ParameterizedTest
    @EnumSource
    void carriesWhatIsUsedUpAndTheWait(Bus.Form form) throws Exception {
        var rates = List.of(new RateState("sign-in", 10, 900, 0, 2));
        var limited = Problem.limited("sign-in", "Too many failed sign-ins.", Duration.ofMillis(1_500), rates);

        var problem = problemOf(form, request -> Future.failedFuture(limited));

        assertThat(problem.kind()).isEqualTo(Kind.LIMITED);
        assertThat(problem.detail()).isEqualTo("Too many failed sign-ins. Try again in 2 seconds.");
        assertThat(problem.excess()).hasValue(new Problem.Excess(List.of("sign-in"), 2, rates));
    }

    @ParameterizedTest
    @EnumSource
    void failsTheRequestAtOnceIfItsHandlerThrows(Bus.Form form) throws Exception {
        var problem = problemOf(form, request -> {
            throw new IllegalStateException("with internals");
        });

        // Not by time-out, which is five seconds away and would be of another kind.
        assertThat(problem.kind()).isEqualTo(Kind.INTERNAL);
        assertThat(problem.detail()).doesNotContain("internals");
    }

    @ParameterizedTest
    @EnumSource
    void keepsThrownProblems(Bus.Form form) throws Exception {
        var problem = problemOf(form, request -> {
            throw Problem.notFound("item");
        });

        assertThat(problem.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableIfThereIsNoHandler(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);

        assertThat(problem(bus.ask(ITEMS, REQUEST)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void timesOutIfNoAnswerComes(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofMillis(50), form);
        bus.answer(ITEMS, request -> Future.future(never -> {}));

        assertThat(problem(bus.ask(ITEMS, REQUEST)).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void prefersTheHandlerOnItsOwnEventLoop(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        result(vertx.deployVerticle(() -> context -> bus.answer(WHERE, asked -> here()), ON_EVERY_LOOP));

        assertThat(askedOnEveryLoop(bus))
                .hasSize(ON_EVERY_LOOP.getInstances())
                .allSatisfy((asking, answering) -> assertThat(answering).containsOnly(asking));
    }

    @ParameterizedTest
    @EnumSource
    void asksAnotherEventLoopIfTheHandlerOnItsOwnIsGone(Bus.Form form) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        var gone = vertx.deployVerticle(() -> context -> bus.answer(WHERE, asked -> here()), ON_EVERY_LOOP);
        result(vertx.deployVerticle(context -> bus.answer(WHERE, asked -> here())));
        result(vertx.undeploy(result(gone)));

        assertThat(askedOnEveryLoop(bus).values().stream().flatMap(Set::stream).distinct())
                .hasSize(1);
    }

    /** The event loops that answered three requests in a row: round robin would give three different ones. */
    private Map<String, Set<String>> askedOnEveryLoop(Bus bus) throws Exception {
        Map<String, Future<Set<String>>> answers = new ConcurrentHashMap<>();
        result(vertx.deployVerticle(
                () -> context -> {
                    answers.put(Thread.currentThread().getName(), askedThreeTimes(bus));
                    return Future.succeededFuture();
                },
                ON_EVERY_LOOP));
        Map<String, Set<String>> threads = new HashMap<>();
        for (var answer : answers.entrySet()) threads.put(answer.getKey(), result(answer.getValue()));
        return threads;
    }

    private static Future<Set<String>> askedThreeTimes(Bus bus) {
        return Future.all(Stream.generate(() -> bus.ask(WHERE, new Place("?")))
                        .limit(3)
                        .toList())
                .map(all -> all.<Place>list().stream().map(Place::thread).collect(Collectors.toSet()));
    }

    private static Future<Place> here() {
        return Future.succeededFuture(new Place(Thread.currentThread().getName()));
    }

    private Problem problemOf(Bus.Form form, Function<Request, Future<Page<Item>>> answer) throws Exception {
        var bus = new Bus(vertx, Duration.ofSeconds(5), form);
        bus.answer(ITEMS, answer);
        return problem(bus.ask(ITEMS, REQUEST));
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Problem problem(Future<?> future) throws Exception {
        try {
            throw new AssertionError("succeeded with " + result(future));
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(Problem.class);
            return (Problem) failed.getCause();
        }
    }
}

package io.parley.kernel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    record Text(String text) {}

    private static final Address<Text, Text> INNER = new Address<>("test.inner");
    private static final Address<Text, Text> OUTER = new Address<>("test.outer");
    private static final Address<Text, Text> BROKEN = new Address<>("test.broken");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));

    @BeforeEach
    void measure() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void close() throws Exception {
        Metrics.removeRegistry(registry);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void followQuestionsOverTheBusAndBack() throws Exception {
        bus.answer(
                INNER, query -> Future.succeededFuture(new Text(Traces.current().getTraceId())));
        bus.answer(OUTER, query -> bus.ask(INNER, query));

        assertThat(inTrace(() -> bus.ask(OUTER, new Text(""))
                        .map(answer -> answer.text() + ' ' + Traces.current().getTraceId())))
                .isEqualTo(TRACE + ' ' + TRACE);
    }

    @Test
    void doNotReachOtherQuestions() throws Exception {
        bus.answer(
                INNER, query -> Future.succeededFuture(new Text(Traces.current().getTraceId())));
        inTrace(() -> bus.ask(INNER, new Text("")).map(Text::text));

        var later = bus.ask(INNER, new Text("")).toCompletionStage().toCompletableFuture();

        assertThat(later.get(5, TimeUnit.SECONDS).text()).isEqualTo("0".repeat(32));
    }

    @Test
    void questionsAreMeasuredByOutcome() throws Exception {
        bus.answer(BROKEN, query -> Future.failedFuture(Problem.notFound("thing")));

        inTrace(() -> bus.ask(BROKEN, new Text("")).map(Text::text).otherwise("failed"));

        assertThat(registry.get("parley.bus.ask.duration")
                        .tags("address", BROKEN.name(), "outcome", "not_found")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("parley.bus.asks.active").gauge().value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
                "00-0af7651916cd43dd8448eb211c80319-\u0000b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033-1-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            })
    void areNotReadFromAnInvalidHeader(String header) {
        assertThat(Traces.read(MultiMap.caseInsensitiveMultiMap().add("traceparent", header))
                        .isValid())
                .isFalse();
    }

    @Test
    void areReadFromHeadersOfLaterVersions() {
        var header = "01-" + TRACE + "-b7ad6b7169203331-01-more";

        var trace = Traces.read(MultiMap.caseInsensitiveMultiMap().add("traceparent", header));

        assertThat(Traces.header(trace)).isEqualTo("00-" + TRACE + "-b7ad6b7169203331-01");
    }

    private String inTrace(Supplier<Future<String>> work) throws Exception {
        var result = new CompletableFuture<String>();
        ((VertxInternal) vertx).getOrCreateContext().duplicate().runOnContext(begun -> {
            Traces.enter(Traces.local(TRACE));
            work.get()
                    .onComplete((value, failure) -> result.complete(String.valueOf(failure == null ? value : failure)));
        });
        return result.get(5, TimeUnit.SECONDS);
    }
}

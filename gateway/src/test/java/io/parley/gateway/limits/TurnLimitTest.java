package io.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.contracts.users.Sessions;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.RateState;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnLimitTest {
    private static final UUID TRIP = Ids.next();
    private static final RateState NONE_LEFT = new RateState("turns", 1, 3600, 0, 1800);

    private final Queue<TakeTurn> taken = new ConcurrentLinkedQueue<>();
    private final Queue<TakeTurn> givenBack = new ConcurrentLinkedQueue<>();
    private volatile Future<Turn> existing = Future.failedFuture(Problem.notFound("turn"));
    private volatile Future<Chat.Started> started = Future.succeededFuture(new Chat.Started(turn(), false));
    private volatile boolean isUsedUp;
    private TestGateway gateway;

    @BeforeEach
    void open() {
        gateway = TestGateway.open(TestGateway.SETTINGS, bus -> {
            TestGateway.await(bus.answer(Quotas.TAKE_TURN, this::take));
            TestGateway.await(bus.answer(Quotas.GIVE_TURN_BACK, turn -> {
                givenBack.add(turn);
                return Future.succeededFuture(None.NONE);
            }));
            TestGateway.await(bus.answer(Chat.FIND, find -> existing));
            TestGateway.await(bus.answer(Chat.START, start -> started));
            TestGateway.await(bus.answer(Chat.EVENTS, list -> Future.failedFuture(Problem.notFound("turn"))));
            TestGateway.await(bus.answer(
                    Chat.OUTCOME,
                    find -> Future.succeededFuture(new Chat.FoundOutcome(new TurnOutcome(turn(), List.of())))));
            TestGateway.await(bus.answer(
                    Sessions.RECENTLY_ENDED, recent -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        });
    }

    private Future<Quotas.Left> take(TakeTurn turn) {
        if (isUsedUp)
            return Future.failedFuture(
                    Problem.limited("turns", "Too many chat turns.", Duration.ofMinutes(30), List.of(NONE_LEFT)));
        taken.add(turn);
        return Future.succeededFuture(new Quotas.Left(List.of(NONE_LEFT)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void saysHowManyTurnsAreLeft() {
        var response = chat("X-Forwarded-Proto", "https");

        assertThat(response.statusCode()).isEqualTo(200);
        saysNoneIsLeft(response);
        assertThat(response.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"requests\";r=99;t=1, ");
        assertThat(taken).containsExactly(new TakeTurn(Fixtures.ada, false));
        assertThat(givenBack).isEmpty();
    }

    @Test
    void refusesATurnIfNoneIsLeft() {
        isUsedUp = true;

        var response = chat("Accept", "application/json");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(TestGateway.json(response).getJsonArray("violated-policies")).containsExactly("turns");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1800");
        saysNoneIsLeft(response);
    }

    @Test
    void answersARepeatedTurnAlthoughNoneIsLeft() {
        isUsedUp = true;
        existing = Future.succeededFuture(turn());
        started = Future.succeededFuture(new Chat.Started(turn(), true));

        assertThat(chat("Idempotency-Key", "k").statusCode()).isEqualTo(200);
        assertThat(taken).isEmpty();
    }

    @Test
    void givesATurnBackThatDidNotStart() {
        started = Future.failedFuture(Problem.conflict("", "A turn of the conversation is running."));

        assertThat(chat("Idempotency-Key", "k").statusCode()).isEqualTo(409);
        assertThat(givenBack).containsExactly(new TakeTurn(Fixtures.ada, true));
    }

    @Test
    void keepsATurnCountedThatMayHaveStarted() {
        started = Future.failedFuture(Problem.timeout());

        assertThat(chat("Accept", "application/json").statusCode()).isEqualTo(504);
        assertThat(givenBack).isEmpty();
    }

    private static void saysNoneIsLeft(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("RateLimit-Policy").orElseThrow())
                .endsWith("\"turns\";q=1;w=3600");
        assertThat(response.headers().firstValue("RateLimit").orElseThrow()).endsWith("\"turns\";r=0;t=1800");
    }

    private HttpResponse<String> chat(String header, String value) {
        return gateway.send(gateway.asAda("/api/v1/chat/conversations/" + TRIP + "/messages")
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString("{\"content\":\"Hello\"}")));
    }

    private static Turn turn() {
        return new Turn(
                Fixtures.TASK_ID,
                TRIP,
                Fixtures.ADAS_ID,
                Fixtures.TASK_ID,
                Turn.Status.COMPLETED,
                null,
                "offline-commands",
                null,
                null,
                null,
                null,
                Fixtures.NOON,
                Fixtures.NOON);
    }
}

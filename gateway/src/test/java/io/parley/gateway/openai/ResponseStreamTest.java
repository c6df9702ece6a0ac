package io.parley.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResponseStreamTest {
    private static final UUID TURN = Ids.next();

    @Test
    void endsAsFailedIfTheRestCannotBeRead() {
        try (var gateway = TestGateway.open()) {
            TestGateway.await(gateway.bus.answer(
                    Responses.FIND, find -> Future.succeededFuture(new Found(turn(), null, List.of()))));
            TestGateway.await(gateway.bus.answer(
                    Chat.EVENTS,
                    list -> list.after() == 0
                            ? Future.succeededFuture(new Events(
                                    List.of(
                                            event(1, TurnEvent.Type.TURN_STARTED, "{}"),
                                            event(2, TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"Good\"}")),
                                    true,
                                    false))
                            : Future.failedFuture(Problem.unavailable())));

            var response = gateway.send(
                    gateway.asAda("/v1/responses/resp_" + TURN.toString().replace("-", "") + "?stream=true"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("\"delta\":\"Good\"", "event: response.failed\n", "\"code\":\"server_error\"")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    private static TurnEvent event(int number, TurnEvent.Type type, String data) {
        return new TurnEvent(TURN, number, type, new Json(data));
    }

    private static Turn turn() {
        return new Turn(
                TURN,
                Ids.next(),
                Fixtures.ADAS_ID,
                Turn.messageId(TURN, 0),
                Turn.Status.RUNNING,
                "local",
                "scripted-1",
                null,
                null,
                null,
                null,
                Fixtures.NOON,
                null);
    }
}

package io.parley.gateway.idempotency;

import static io.parley.gateway.idempotency.IdempotencyFake.RESOURCE_ID;
import static io.parley.gateway.idempotency.IdempotencyScene.DRAFT;
import static io.parley.gateway.idempotency.IdempotencyScene.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Sessions;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are taken, and for which requests. */
class IdempotencyKeysTest {
    private static IdempotencyScene scene;

    @BeforeAll
    static void open() {
        scene = IdempotencyScene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "6fd1b1f3-1c3e-4b62-9d4e-5b0f5f0a6c11", "!", "~", "a,b"})
    void takeKeysAsTheyAreSent(String key) {
        assertThat(scene.create(key).statusCode()).isEqualTo(201);
        assertThat(scene.idempotency.begun.getLast().key()).isEqualTo(key);
    }

    @Test
    void takeKeysOfUpTo255Characters() {
        assertThat(scene.create("k".repeat(255)).statusCode()).isEqualTo(201);
        scene.assertRefused(scene.create("k".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\"a b\"", "a\tb", "a, b"})
    void refuseKeysWithSpaces(String key) {
        scene.assertRefused(scene.create(key));
    }

    @Test
    void refuseKeysBeyondAscii() {
        var head =
                "POST /api/v1/tasks HTTP/1.1\r\nHost: parley\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Fixtures.token(Fixtures.adasClaims())
                        + "\r\nIdempotency-Key: Gr\u00f6\u00dfe\r\n";

        assertThat(scene.gateway.sendRaw(head + "Content-Length: " + DRAFT.length() + "\r\n\r\n" + DRAFT))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"pointer\":\"Idempotency-Key\"");
    }

    @Test
    void refuseTwoKeys() {
        scene.assertRefused(scene.send(TASKS, DRAFT, "Idempotency-Key", "k", "Idempotency-Key", "k"));
    }

    @Test
    void doNothingWithoutAKey() {
        assertThat(scene.send(TASKS, DRAFT).statusCode()).isEqualTo(201);
        assertThat(scene.idempotency.begun).isEmpty();
    }

    @Test
    void ignoreTheKeyForOtherMethodsAndForSignIn() {
        TestGateway.await(scene.gateway.bus.answer(
                Sessions.LOGOUT, logout -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        TestGateway.await(scene.gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));

        var logout = scene.send("/api/v1/auth/logout", "{\"refresh_token\":\"spent\"}", "Idempotency-Key", "not one");
        var read = scene.gateway.send(
                scene.gateway.asAda(TASKS + "/" + Fixtures.TASK_ID).header("Idempotency-Key", "not one"));

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(scene.idempotency.begun).isEmpty();
    }

    @Test
    void keepTheIdThatTheClientGaveAMessage() {
        var place = "/api/v1/conversations/" + Fixtures.TASK_ID + "/messages";

        scene.send(
                place,
                "{\"role\":\"user\",\"content\":\"x\",\"id\":\"" + Fixtures.TASK_ID + "\"}",
                "Idempotency-Key",
                "k");
        scene.send(place, "{\"role\":\"user\",\"content\":\"x\"}", "Idempotency-Key", "k");

        assertThat(scene.received)
                .extracting(post -> ((Messages.Post) post).draft().id())
                .containsExactly(Fixtures.TASK_ID, null);
        assertThat(scene.received)
                .extracting(post -> ((Messages.Post) post).newId())
                .containsOnly(RESOURCE_ID);
    }
}

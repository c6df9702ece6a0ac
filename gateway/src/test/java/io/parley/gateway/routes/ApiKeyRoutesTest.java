package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyRoutesTest {
    private static final String PLACE = "/api/v1/api-keys/" + Fixtures.TASK_ID;
    private static final String KEY = "sk-not-a-real-key-1234";
    private static final ApiKey adasKey = new ApiKey(
            Fixtures.TASK_ID, Fixtures.ADAS_ID, "openai", "default", "1234", Fixtures.NOON, Fixtures.NOON, null);
    private static final Deque<Record> received = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(ApiKeys.CREATE, create -> answering(create, adasKey)));
        TestGateway.await(gateway.bus.answer(ApiKeys.FIND, find -> answering(find, adasKey)));
        TestGateway.await(gateway.bus.answer(
                ApiKeys.LIST, list -> answering(list, new Page<>(List.of(adasKey), null))));
        TestGateway.await(gateway.bus.answer(ApiKeys.UPDATE, update -> answering(update, adasKey)));
        TestGateway.await(gateway.bus.answer(ApiKeys.DELETE, delete -> answering(delete, None.NONE)));
    }

    private static <T extends Record> Future<T> answering(Record query, T answer) {
        received.add(query);
        return Future.succeededFuture(answer);
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void takesAKeyAndShowsItsHint() {
        var response = gateway.send("POST", "/api/v1/api-keys", "{\"provider\":\"openai\",\"key\":\"" + KEY + "\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue(PLACE);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(adasKey));
        assertThat(response.body())
                .isEqualTo("{\"id\":\"" + Fixtures.TASK_ID + "\",\"user_id\":\"" + Fixtures.ADAS_ID
                        + "\",\"provider\":\"openai\",\"alias\":\"default\",\"key_hint\":\"1234\","
                        + "\"created_at\":\"2027-03-01T12:00:00.123456Z\","
                        + "\"updated_at\":\"2027-03-01T12:00:00.123456Z\",\"last_used_at\":null}");
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        ApiKeys.Create.class,
                        create -> assertThat(create)
                                .returns(Fixtures.ada, ApiKeys.Create::caller)
                                .returns(new ApiKeyDraft("openai", new Secret(KEY), null), ApiKeys.Create::draft));
    }

    @Test
    void isReadListedChangedAndRemoved() {
        assertThat(gateway.get(PLACE).headers().firstValue("ETag")).hasValue(EntityTags.of(adasKey));
        assertThat(TestGateway.json(gateway.get("/api/v1/api-keys")).getJsonArray("items"))
                .hasSize(1);
        assertThat(gateway.send("PATCH", PLACE, "{\"key\":\"" + KEY + "\"}").statusCode())
                .isEqualTo(200);
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        ApiKeys.Update.class,
                        update -> assertThat(update.patch())
                                .isEqualTo(new ApiKeyPatch(Patch.absent(), Patch.to(new Secret(KEY)))));
        assertThat(gateway.send(gateway.asAda(PLACE).DELETE()).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"x\"}|/provider",
                "{\"provider\":\"openai\"}|/key",
                "{\"provider\":\"openai\",\"key\":\"\"}|/key",
                "{\"provider\":\"openai\",\"key\":\"a\\nb\"}|/key",
                "{\"provider\":\"openai\",\"key\":\"x\",\"alias\":null}|/alias",
                "{\"provider\":\"openai\",\"key\":\"x\",\"key\":\"x\"}|/key"
            })
    void refusesWithAPointer(String body, String pointer) {
        var response = gateway.send("POST", "/api/v1/api-keys", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|{\"KEY\":\"openai\"}",
                "|{\"KEY\":1,\"KEY\":2}",
                "|{\"KEY\":\"\\u0000\"}",
                "|{\"KEY\":1e400}",
                "|{\"alias\":{\"KEY\":1,\"KEY\":2}}",
                "|{\"alias\":{\"KEY\":\"\\u0000\"}}",
                "?KEY=openai|{\"provider\":\"openai\"}",
                "?KEY=%FF|{\"provider\":\"openai\"}"
            })
    void doesNotRepeatASecretThatIsSentAsAFieldName(String query, String body) {
        var target = "/api/v1/api-keys" + (query == null ? "" : query.replace("KEY", KEY));
        var response = gateway.send("POST", target, body.replace("KEY", KEY));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).contains("");
        assertThat(response.body()).contains("name withheld").doesNotContain(KEY);
    }
}

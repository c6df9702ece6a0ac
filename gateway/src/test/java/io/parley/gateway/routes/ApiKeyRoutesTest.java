package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.gateway.Callers;
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
    private static final String PLACE = "/api/v1/api-keys/" + Callers.ERRAND;
    private static final String KEY = "sk-not-a-real-key-1234";
    private static final ApiKey adasKey =
            new ApiKey(Callers.ERRAND, Callers.ADAS_ID, "openai", "default", "1234", Callers.NOON, Callers.NOON, null);
    private static final Deque<Record> asked = new ConcurrentLinkedDeque<>();
    private static TestGateway house;

    @BeforeAll
    static void open() {
        house = TestGateway.open();
        TestGateway.done(house.bus.answer(ApiKeys.CREATE, create -> answering(create, adasKey)));
        TestGateway.done(house.bus.answer(ApiKeys.FIND, find -> answering(find, adasKey)));
        TestGateway.done(house.bus.answer(ApiKeys.LIST, list -> answering(list, new Page<>(List.of(adasKey), null))));
        TestGateway.done(house.bus.answer(ApiKeys.UPDATE, update -> answering(update, adasKey)));
        TestGateway.done(house.bus.answer(ApiKeys.DELETE, delete -> answering(delete, None.NONE)));
    }

    private static <T extends Record> Future<T> answering(Record query, T answer) {
        asked.add(query);
        return Future.succeededFuture(answer);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void takesAKeyAndShowsItsHint() {
        var response = house.send("POST", "/api/v1/api-keys", "{\"provider\":\"openai\",\"key\":\"" + KEY + "\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue(PLACE);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(adasKey));
        assertThat(response.body())
                .isEqualTo("{\"id\":\"" + Callers.ERRAND + "\",\"user_id\":\"" + Callers.ADAS_ID
                        + "\",\"provider\":\"openai\",\"alias\":\"default\",\"key_hint\":\"1234\","
                        + "\"created_at\":\"2027-03-01T12:00:00.123456Z\","
                        + "\"updated_at\":\"2027-03-01T12:00:00.123456Z\",\"last_used_at\":null}");
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        ApiKeys.Create.class,
                        create -> assertThat(create)
                                .returns(Callers.ada, ApiKeys.Create::caller)
                                .returns(new ApiKeyDraft("openai", new Secret(KEY), null), ApiKeys.Create::draft));
    }

    @Test
    void isReadListedChangedAndRemoved() {
        assertThat(house.get(PLACE).headers().firstValue("ETag")).hasValue(EntityTags.of(adasKey));
        assertThat(TestGateway.problem(house.get("/api/v1/api-keys")).getJsonArray("items"))
                .hasSize(1);
        assertThat(house.send("PATCH", PLACE, "{\"key\":\"" + KEY + "\"}").statusCode())
                .isEqualTo(200);
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        ApiKeys.Update.class,
                        update -> assertThat(update.patch())
                                .isEqualTo(new ApiKeyPatch(Patch.absent(), Patch.to(new Secret(KEY)))));
        assertThat(house.send(house.asAda(PLACE).DELETE()).statusCode()).isEqualTo(204);
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
        var response = house.send("POST", "/api/v1/api-keys", body);
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
    void doesNotRepeatAKeyWhereANameBelongs(String query, String body) {
        var target = "/api/v1/api-keys" + (query == null ? "" : query.replace("KEY", KEY));
        var response = house.send("POST", target, body.replace("KEY", KEY));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).contains("");
        assertThat(response.body()).contains("a name that is not repeated").doesNotContain(KEY);
    }
}

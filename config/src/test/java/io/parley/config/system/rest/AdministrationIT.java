package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Parallel;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators can do to accounts takes effect at once. */
@ExtendWith(SharedJarExtension.class)
class AdministrationIT {
    private static ApiClient grace;
    private TestUser ada;
    private String account;

    @BeforeAll
    static void promote(ParleyJar jar, ApiClient api) {
        grace = CommandRunner.promoted(jar, TestUser.registered(api, "grace")).api();
    }

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
        account = "/api/v1/admin/users/" + ada.id();
    }

    @Test
    void findsAccounts() {
        assertThat(grace.get(account).expect(200).json().get("email").asText()).isEqualTo(ada.email());
        var found = grace.get("/api/v1/admin/users?role=user&is_active=true&q=" + ada.email())
                .expect(200)
                .json();
        assertThat(found.get("items").findValuesAsText("id")).containsExactly(ada.id());
        assertThat(grace.get("/api/v1/admin/users?role=admin&q=" + ada.email())
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void showsNobodysInstructions() {
        ada.api()
                .patch("/api/v1/users/me", "{\"instructions\":\"Call me Countess.\"}")
                .expect(200);

        for (var answer : List.of(
                grace.get(account).expect(200),
                grace.get("/api/v1/admin/users?q=" + ada.email()).expect(200),
                grace.patch(account, "{\"is_active\":true}").expect(200)))
            assertThat(answer.text()).contains(ada.email()).doesNotContain("instructions", "Countess");
    }

    @Test
    void showsEverywhereWhetherAUserIsASuperuser() {
        assertThat(ada.tokens().at("/user/is_superuser")).isEqualTo(BooleanNode.FALSE);
        grace.patch(account, "{\"is_superuser\":true}").expect(400);
        ada.api().patch("/api/v1/users/me", "{\"is_superuser\":true}").expect(400);
        assertThat(grace.patch(account, "{\"role\":\"admin\"}")
                        .expect(200)
                        .json()
                        .get("is_superuser"))
                .isEqualTo(BooleanNode.TRUE);

        var signedIn = ada.again();
        assertThat(signedIn.tokens().at("/user/is_superuser")).isEqualTo(BooleanNode.TRUE);
        assertThat(signedIn.api().get("/api/v1/users/me").expect(200).json().get("is_superuser"))
                .isEqualTo(BooleanNode.TRUE);
        assertThat(grace.get(account).expect(200).json().get("is_superuser")).isEqualTo(BooleanNode.TRUE);
    }

    @Test
    void endsTheTokensOfADeactivatedAccountAtOnce() {
        grace.patch(account, "{\"is_active\":false}").expect(200);
        ada.api().get("/api/v1/users/me").expect(401);
        ada.login(TestUser.PASSWORD).expect(401);
        grace.patch(account, "{\"is_active\":true}").expect(200);
        ada.again().api().get("/api/v1/users/me").expect(200);
    }

    @Test
    void endsTheTokensOfARemovedAccountAtOnce() {
        grace.delete(account).expect(204);
        ada.api().get("/api/v1/users/me").expect(401);
        grace.get(account).expect(404);
        grace.patch(account, "{\"is_active\":false}").expect(404);
    }

    @Test
    void refusesALostUpdate() {
        var tag = grace.get(account).expect(200).header("ETag");
        grace.patch(account, "{\"role\":\"admin\"}").expect(200);
        grace.send(ApiRequest.of("DELETE", account).with("If-Match", tag)).expect(412);
    }

    @Test
    void readsNobodysConversations() {
        var conversation =
                ada.api().post("/api/v1/conversations", "{}").expect(201).header("Location");
        grace.get(conversation).expect(403);
        grace.get(conversation + "/messages").expect(403);
    }

    @Test
    void choosesTheLimitsOfAnAccount() {
        ada.api().post("/api/v1/tasks", "{\"title\":\"Errand\"}").expect(201);
        var chosen = grace.send(
                        ApiRequest.of("PUT", account + "/limits").json("{\"requests\":\"3/h\",\"turns\":\"7/d\"}"))
                .expect(200)
                .json();
        assertThat(chosen.at("/limits/requests").asText()).isEqualTo("3/h");
        assertThat(chosen.at("/limits/streams").isNull()).isTrue();
        assertThat(chosen.at("/effective/turns").asText()).isEqualTo("7/d");
        assertThat(chosen.at("/effective/streams").asInt()).isEqualTo(32);
        assertThat(chosen.at("/used/rows").asInt()).isOne();
        assertThat(chosen.at("/used/bytes").asInt()).isPositive();
        assertThat(chosen.at("/used/turns").asInt()).isZero();

        var deadline = Instant.now().plusSeconds(5);
        while (ada.api().get("/api/v1/users/me/limits").status() != 429) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }

        assertThat(grace.send(ApiRequest.of("PUT", account + "/limits").json("{}"))
                        .expect(200)
                        .json()
                        .at("/effective/requests")
                        .asText())
                .isEqualTo("100/s");
        assertThat(grace.get("/api/v1/admin/limits")
                        .expect(200)
                        .json()
                        .at("/roles/user/requests")
                        .isNull())
                .isTrue();
        grace.send(ApiRequest.of("PUT", account + "/limits").json("{\"requests\":\"fast\"}"))
                .expect(400);
        grace.send(ApiRequest.of("PUT", account + "/limits").json("{\"megabytes\":1}"))
                .expect(400);
    }

    @Test
    void storesAsManyFilesThatComeAtOnceAsThereIsRoomFor() {
        choose("{\"bytes\":5000000}");
        var file = ApiRequest.of("POST", "/api/v1/files")
                .with("Content-Type", "application/octet-stream")
                .carrying(new byte[1024 * 1024]);

        var answers = Parallel.times(8, () -> ada.api().send(file).status());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(4);
        assertThat(answers).filteredOn(status -> status == 403).hasSize(4);
        assertThat(ada.api().get("/api/v1/files").expect(200).json().get("items"))
                .hasSize(4);
    }

    @Test
    void limitsWhatAnAccountStores() {
        choose("{\"rows\":3}");
        var conversation =
                ada.api().post("/api/v1/conversations", "{}").expect(201).header("Location");
        ada.api()
                .post(conversation + "/messages", "{\"role\":\"user\",\"content\":\"Hello\"}")
                .expect(201);
        ada.api().post("/api/v1/tasks", "{\"title\":\"Errand\"}").expect(201);

        var refused = ada.api().post("/api/v1/tasks", "{\"title\":\"Another\"}").expect(403);
        assertThat(refused.json().get("type").asText()).endsWith("#quota-exceeded");
        assertThat(refused.json().at("/violated-policies/0").asText()).isEqualTo("rows");
        ada.api().post("/api/v1/conversations", "{}").expect(403);
        ada.api()
                .post(conversation.replace("/v1/", "/v1/chat/") + "/messages", "{\"content\":\"Hello\"}")
                .expect(403);
        assertThat(ada.api()
                        .send(ApiRequest.of("POST", "/api/v1/import")
                                .lines("{\"type\":\"task\",\"title\":\"Another\"}"))
                        .expect(200)
                        .json()
                        .at("/failed"))
                .hasSize(1);
        ada.api().patch(conversation, "{\"title\":\"Greetings\"}").expect(200);

        choose("{\"rows\":4}");
        ada.api().post("/api/v1/tasks", "{\"title\":\"Another\"}").expect(201);
    }

    @Test
    void limitsAtOnceWhatAnAccountWithMuchRoomStores() {
        ada.api().post("/api/v1/tasks", "{\"title\":\"Errand\"}").expect(201);
        choose("{\"rows\":1}");

        ada.api().post("/api/v1/tasks", "{\"title\":\"Another\"}").expect(403);
    }

    @Test
    void storesNoMoreRowsThanThatWhenManyComeAtOnce() {
        choose("{\"rows\":5}");

        var answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> ada.api().post("/api/v1/tasks", "{\"title\":\"Errand\"}")))
                .limit(30)
                .toList();

        assertThat(answers.stream()
                        .map(CompletableFuture::join)
                        .map(ApiResponse::status)
                        .filter(status -> status == 201))
                .hasSize(5);
        assertThat(ada.api().get("/api/v1/tasks").expect(200).json().get("items"))
                .hasSize(5);
    }

    @Test
    void refusesNoneOfTheFirstRequestsOfAUserHoweverManyComeAtOnce(ApiClient api) {
        for (var user = 0; user < 10; user++) {
            var bob = TestUser.registered(api, "bob" + user).api();
            var answers = Stream.generate(() ->
                            CompletableFuture.supplyAsync(() -> bob.post("/api/v1/tasks", "{\"title\":\"Errand\"}")))
                    .limit(16)
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join).map(ApiResponse::status))
                    .containsOnly(201);
        }
    }

    @Test
    void limitsTheBytesThatAnAccountStores() {
        choose("{\"bytes\":3000}");
        var task = ada.api().post("/api/v1/tasks", "{\"title\":\"Short\"}").expect(201);

        var large = "{\"description\":\"" + "x".repeat(4000) + "\"}";
        assertThat(ada.api()
                        .patch(task.header("Location"), large)
                        .expect(403)
                        .json()
                        .at("/violated-policies/0")
                        .asText())
                .isEqualTo("bytes");
    }

    @Test
    void limitsTheImportsOfAnAccount() {
        choose("{\"import_bytes\":60}");
        var one = ApiRequest.of("POST", "/api/v1/import").lines("{\"type\":\"task\",\"title\":\"One\"}");
        var two = ApiRequest.of("POST", "/api/v1/import").lines("{\"type\":\"task\",\"title\":\"Two\"}\n".repeat(3));
        var deadline = Instant.now().plusSeconds(5);
        while (ada.api().send(two).status() != 413) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
        ada.api().send(one).expect(200);
    }

    private void choose(String limits) {
        grace.send(ApiRequest.of("PUT", account + "/limits").json(limits)).expect(200);
    }

    @Test
    void countsWhatIsKept() {
        var stats = grace.get("/api/v1/admin/stats").expect(200).json();
        assertThat(stats.at("/users/counts/admin").asInt()).isPositive();
        assertThat(stats.at("/users/last_week").asInt()).isPositive();
        assertThat(stats.get("bytes").asLong())
                .isGreaterThan(stats.at("/messages/bytes").asLong());
    }
}

package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The security events of an account: which are recorded, who can read them, and that changes to them are detected. */
@ExtendWith(SharedJarExtension.class)
class AuditIT {
    private static final String OWN = "/api/v1/users/me/security-events";
    private static final String ADMIN = "/api/v1/admin/audit";

    private static TestUser grace;

    private TestUser ada;

    @BeforeAll
    static void promote(ParleyJar jar, ApiClient api) {
        grace = CommandRunner.promoted(jar, TestUser.registered(api, "grace"));
    }

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void recordsWhatHappensToAnAccount(ApiClient api) {
        ada.login("not the password").expect(401);
        var second = ada.again();
        second.api()
                .post(
                        "/api/v1/auth/logout",
                        Json.object()
                                .put("refresh_token", second.refreshToken())
                                .toString())
                .expect(204);
        var key = ada.api()
                .post(
                        "/api/v1/api-keys",
                        "{\"provider\":\"openai\",\"alias\":\"private\",\"key\":\"sk-a-secret-of-ada\"}")
                .expect(201)
                .json()
                .get("id")
                .asText();
        ada.api().delete("/api/v1/api-keys/" + key).expect(204);
        ada.api().get("/api/v1/export").expect(200);
        var address = TestUser.address("lovelace");
        ada.api()
                .patch("/api/v1/users/me", Json.object().put("email", address).toString())
                .expect(200);
        var token = SharedJarExtension.MAILBOX.await(address, 1).token();
        ada.api()
                .post(
                        "/api/v1/auth/email/confirm",
                        Json.object().put("token", token).toString())
                .expect(204);

        var page = ada.api().get(OWN + "?order=asc").expect(200);

        assertThat(types(page.json()))
                .containsExactly(
                        "account.registered",
                        "sign_in.succeeded",
                        "sign_in.failed",
                        "sign_in.succeeded",
                        "session.ended",
                        "api_key.created",
                        "api_key.deleted",
                        "export.started",
                        "account.email_changed");
        assertThat(page.text()).doesNotContain("sk-a-secret", "private", ada.email(), ada.password());
        var failed =
                ada.api().get(OWN + "?type=sign_in.failed").expect(200).json().at("/items/0");
        assertThat(failed.at("/detail/reason").asText()).isEqualTo("wrong_password");
        assertThat(failed.get("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(failed.get("user_agent").isNull()).isFalse();
    }

    @Test
    void tellsUsersNothingOfOthers() {
        assertThat(ada.api().get(OWN).expect(200).text()).doesNotContain(grace.id());
        ada.api().get(ADMIN).expect(403);
        ada.api()
                .send(ApiRequest.of("GET", ADMIN).with("Accept", ApiRequest.LINES))
                .expect(403);
    }

    @Test
    void tellsAdministratorsWhoDidWhat() {
        grace.api()
                .patch("/api/v1/admin/users/" + ada.id(), "{\"is_active\":false}")
                .expect(200);
        ada.login(ada.password()).expect(401);

        var events = grace.api()
                .get(ADMIN + "?user_id=" + ada.id() + "&order=asc")
                .expect(200)
                .json();

        assertThat(types(events))
                .containsExactly("account.registered", "sign_in.succeeded", "account.deactivated", "sign_in.failed");
        assertThat(events.at("/items/2/actor_id").asText()).isEqualTo(grace.id());
        assertThat(events.at("/items/3/detail/reason").asText()).isEqualTo("account_deactivated");
        assertThat(grace.api()
                        .get(ADMIN + "?actor_id=" + grace.id() + "&type=account.deactivated&ip=127.0.0.1&user_id="
                                + ada.id())
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void keepsTheEventsOfADeletedAccount() {
        ada.api().delete("/api/v1/users/me").expect(204);

        assertThat(types(grace.api()
                        .get(ADMIN + "?type=account&user_id=" + ada.id())
                        .expect(200)
                        .json()))
                .containsExactly("account.deleted", "account.registered");
    }

    @Test
    void recordsNoAddressOfNobody() {
        ada.api()
                .post("/api/v1/auth/login", "{\"email\":\"nobody@example.org\",\"password\":\"not the password\"}")
                .expect(401);

        var failed = grace.api().get(ADMIN + "?type=sign_in.failed").expect(200);

        assertThat(failed.text()).contains("unknown_account").doesNotContain("nobody@");
    }

    @Test
    void writesAllAsLinesOldestFirst() {
        var first = grace.api().get(ADMIN + "?order=asc&limit=3").expect(200).json();
        var lines = grace.api()
                .send(ApiRequest.of("GET", ADMIN).with("Accept", ApiRequest.LINES))
                .expect(200);

        assertThat(lines.contentType()).isEqualTo(ApiRequest.LINES);
        assertThat(lines.text().lines().limit(3).map(Json::read).toList())
                .isEqualTo(List.of(first.at("/items/0"), first.at("/items/1"), first.at("/items/2")));
        var numbers = lines.text()
                .lines()
                .map(line -> Json.read(line).get("seq").asLong())
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.get(0)).isEqualTo(1);
    }

    @Test
    void recordsTheStartOfTheServerAndWhichSettingsDiffer() {
        var started = grace.api()
                .get(ADMIN + "?type=server.started")
                .expect(200)
                .json()
                .at("/items/0");

        assertThat(started.at("/detail/settings").toString())
                .contains("http.cors-origins")
                .doesNotContain("https://");
    }

    @Test
    void isVerifiedBesideARunningServer(ParleyJar jar) {
        assertThat(CommandRunner.run(jar, "audit", "verify"))
                .containsPattern("\\d+ events, seq 1 to \\d+, chain whole");
    }

    @Test
    void isLoggedAsJson(ParleyJar jar) throws Exception {
        var logged = Files.readString(jar.output())
                .lines()
                .filter(line -> line.startsWith("{\"seq\":") && line.contains(ada.id()))
                .map(Json::read)
                .toList();

        assertThat(logged)
                .extracting(line -> line.get("type").asText())
                .contains("account.registered", "sign_in.succeeded");
        assertThat(logged)
                .allSatisfy(line -> assertThat(line.get("hash").asText()).hasSize(64));
    }

    private static List<String> types(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(event -> event.get("type").asText())
                .toList();
    }
}

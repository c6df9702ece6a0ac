package io.parley.config.system.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.cli.Terminal;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands, beside a running server and without one. */
@ExtendWith(SharedJarExtension.class)
class CommandsIT {
    @Test
    void grantsAndRevokesBesideARunningServer(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada");
        var grace = TestUser.registered(api, "grace");

        assertThat(run(jar.data(), "admin", "grant", ada.email()).succeeds())
                .contains(ada.email() + " is an administrator");
        run(jar.data(), "admin", "grant", grace.email().toUpperCase(Locale.ROOT))
                .succeeds();
        assertThat(ada.login(TestUser.PASSWORD)
                        .expect(200)
                        .json()
                        .at("/user/role")
                        .asText())
                .isEqualTo("admin");
        assertThat(run(jar.data(), "admin", "list").succeeds().lines()).contains(ada.email(), grace.email());

        run(jar.data(), "admin", "revoke", grace.email()).succeeds();
        assertThat(run(jar.data(), "admin", "list").succeeds().lines())
                .contains(ada.email())
                .doesNotContain(grace.email());
    }

    @Test
    void letsPeopleIntoTheirAccounts(ParleyJar jar, ApiClient api) {
        var email = TestUser.address("margaret");

        var link = lastLine(run(jar.data(), "admin", "create", email).succeeds());
        assertThat(link).matches("http://localhost:8080/reset-password#token=rst_[A-Za-z0-9_-]{43}");
        run(jar.data(), "admin", "create", email).refuses("already exists");
        run(jar.data(), "admin", "create", "nobody").refuses("email must be an e-mail address");
        api.post("/api/v1/auth/login", credentials(email)).expect(401);
        reset(api, link);
        var signedIn =
                api.post("/api/v1/auth/login", credentials(email)).expect(200).json();
        assertThat(signedIn.at("/user/role").asText()).isEqualTo("admin");

        reset(api, lastLine(run(jar.data(), "admin", "reset-link", email).succeeds()));
        api.as(signedIn.get("access_token").asText()).get("/api/v1/users/me").expect(401);
        run(jar.data(), "admin", "reset-link", "nobody@example.org").refuses("The user does not exist.");
    }

    @Test
    void invitesPeople(ParleyJar jar, ApiClient api) {
        var email = TestUser.address("hedy");

        var link = lastLine(run(jar.data(), "invite", email, "--role", "admin", "--days", "2")
                .succeeds());
        assertThat(link).matches("http://localhost:8080/join#invitation=inv_[A-Za-z0-9_-]{43}");
        var registration = Json.object()
                .put("email", email)
                .put("password", TestUser.PASSWORD)
                .put("invitation", link.replaceFirst(".*=", ""));
        assertThat(api.post("/api/v1/auth/register", registration.toString())
                        .expect(201)
                        .json()
                        .at("/user/role")
                        .asText())
                .isEqualTo("admin");
        run(jar.data(), "invite", "--days", "0").refuses("expires_at must be in the future");
    }

    private static void reset(ApiClient api, String link) {
        var body = Json.object().put("token", link.replaceFirst(".*=", "")).put("new_password", TestUser.PASSWORD);
        api.post("/api/v1/auth/password/reset", body.toString()).expect(204);
    }

    private static String credentials(String email) {
        return Json.object()
                .put("email", email)
                .put("password", TestUser.PASSWORD)
                .toString();
    }

    private static String lastLine(String printed) {
        return printed.lines().reduce("", (before, line) -> line);
    }

    @Test
    void purgesBesideARunningServer(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada").api();
        var task = ada.post("/api/v1/tasks", "{\"title\":\"forget\"}")
                .expect(201)
                .json()
                .get("id")
                .asText();
        ada.delete("/api/v1/tasks/" + task).expect(204);

        assertThat(run(jar.data(), "purge", "--older-than", "1d").succeeds()).contains("0 tasks");
        assertThat(run(jar.data(), "purge", "--older-than", "0s").succeeds()).doesNotContain(" 0 tasks");
        assertThat(run(jar.data(), "purge", "--older-than", "0s").succeeds()).contains(" 0 tasks");
    }

    @Test
    void rotatesTheKeysetBesideARunningServer(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada").api();
        ada.post("/api/v1/api-keys", "{\"provider\":\"openai\",\"key\":\"sk-before-the-rotation\"}")
                .expect(201);
        var keyset = jar.data().resolve("keyset.json");
        var before = Json.read(Files.readString(keyset));

        assertThat(run(jar.data(), "keys", "rotate").succeeds())
                .contains("new primary key")
                .containsPattern("Re-encrypted: [1-9]");

        var after = Json.read(Files.readString(keyset));
        assertThat(after.get("key")).hasSize(before.get("key").size() + 1).containsAll(before.get("key"));
        assertThat(after.get("primaryKeyId")).isNotEqualTo(before.get("primaryKeyId"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        ada.post("/api/v1/api-keys", "{\"provider\":\"mistral\",\"key\":\"sk-after-the-rotation\"}")
                .expect(201);
    }

    @Test
    void worksWithoutAServer() throws Exception {
        var data = ParleyJar.freshData();

        run(data, "admin", "list").refuses("run `parley migrate`");
        assertThat(run(data, "migrate", "--status").succeeds())
                .contains("pending")
                .doesNotContain("applied");
        run(data, "migrate").succeeds();
        assertThat(run(data, "migrate", "--status").succeeds())
                .contains("applied")
                .doesNotContain("pending");
        run(data, "admin", "grant", "nobody@example.org").refuses("The user does not exist.");
        run(data, "keys", "rotate").refuses("keyset.json");
        assertThat(data.resolve("keyset.json")).doesNotExist();
        assertThat(run(data, "purge").succeeds()).contains("0 conversations, 0 messages, 0 tasks");
        run(data, "rollback", "--to", "99").refuses("99");
        run(data, "rollback", "--to", "0").succeeds();
        assertThat(run(data, "migrate", "--status").succeeds()).doesNotContain("applied");
        assertThat(data.resolve("pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void keepsTheLastAdministratorWithoutAServer() throws Exception {
        var data = ParleyJar.freshData();
        String ada;
        try (var jar = ParleyJar.start(data)) {
            ada = TestUser.registered(new ApiClient(jar.uri()), "ada").email();
        }

        run(data, "admin", "grant", ada).succeeds();
        run(data, "admin", "revoke", ada).refuses("last administrator");
        assertThat(run(data, "admin", "list").succeeds().lines()).containsExactly(ada);
    }

    @Test
    void endsAProcessWithTheExitCodeOfItsCommand(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada");

        assertThat(CommandRunner.runProcess(jar, "admin", "grant", ada.email())).contains(ada.email());
        assertThat(CommandRunner.exitCode(jar, "admin", "grant", "nobody@example.org"))
                .isOne();
        assertThat(CommandRunner.exitCode(jar, "no-such-command")).isEqualTo(2);
    }

    @Test
    void printsItsResultAlone(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada");
        ada.api().post("/api/v1/tasks", "{\"title\":\"Weave\"}").expect(201);

        assertThat(CommandRunner.standardOutput(jar, "admin", "grant", ada.email()))
                .isEqualTo(ada.email() + " is an administrator; sessions ended: 1.\n");
        assertThat(CommandRunner.standardOutput(jar, "export", "--user", ada.email())
                        .lines())
                .singleElement()
                .asString()
                .contains("Weave");
    }

    @Test
    void findsThatThePortIsTakenBeforeItMakesADatabase(ParleyJar jar, @TempDir Path folder) {
        var data = folder.resolve("data");
        var port = String.valueOf(jar.uri().getPort());

        new Terminal(Map.of("PARLEY_DATA_DIR", data.toString(), "PARLEY_HTTP_PORT", port))
                .run("serve")
                .refuses("cannot listen on 127.0.0.1:" + port);
        assertThat(data).doesNotExist();
    }

    private static Terminal.Outcome run(Path data, String... arguments) {
        return new Terminal(Map.of("PARLEY_DATA_DIR", data.toString())).run(arguments);
    }
}

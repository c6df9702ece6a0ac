package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Administrators see no content: neither any of their routes nor any column of their role in the database. */
@ExtendWith(SharedJarExtension.class)
class AdminContentIT {
    private static final String SECRET = "quincunx";
    private static final String READABLE = """
        SELECT c.relname || '.' || a.attname
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
           AND has_column_privilege('parley_system', c.oid, a.attname, 'SELECT')
         ORDER BY 1
        """;

    /** A part of the name of every column that holds what a user wrote, or a secret. */
    private static final String CONTENT = "content|title|description|metadata|tool|reasoning|instructions|search|sealed"
            + "|key|hint|token|comment|rating|text|data|body|upload|provider|state|secret|password|code";

    @Test
    void noRouteShowsWhatAUserWrote(ParleyJar jar, ApiClient api) {
        var grace =
                CommandRunner.promoted(jar, TestUser.registered(api, "grace")).api();
        var ada = TestUser.registered(api, "ada");
        write(ada);

        var routes = ApiContract.SERVED.operations().stream()
                .filter(operation ->
                        operation.method().equals("GET") && operation.path().startsWith("/api/v1/admin/"))
                .map(Operation::path)
                .toList();
        assertThat(routes).hasSizeGreaterThan(5);
        for (var route : routes)
            assertThat(grace.get(route.replace("{id}", ada.id())).expect(200).text())
                    .as(route)
                    .doesNotContainIgnoringCase(SECRET);
    }

    private static void write(TestUser ada) {
        var own = ada.api();
        own.patch("/api/v1/users/me", "{\"instructions\":\"" + SECRET + "\"}").expect(200);
        var conversation = own.post(
                        "/api/v1/conversations", "{\"title\":\"" + SECRET + "\",\"description\":\"" + SECRET + "\"}")
                .expect(201)
                .json()
                .get("id")
                .asText();
        own.post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        "{\"role\":\"user\",\"content\":\"" + SECRET + "\"}")
                .expect(201);
        own.post("/api/v1/tokens", "{\"name\":\"" + SECRET + "\",\"scopes\":[\"tasks:read\"]}")
                .expect(201);
        own.post("/api/v1/tasks", "{\"title\":\"" + SECRET + "\"}").expect(201);
        own.post(
                        "/api/v1/api-keys",
                        "{\"provider\":\"openai\",\"alias\":\"" + SECRET + "\",\"key\":\"sk-" + SECRET + "\"}")
                .expect(201);
    }

    @Test
    void noColumnOfTheirRoleHoldsWhatAUserWrote(ParleyJar jar) {
        var readable = JarDatabase.of(jar).read(READABLE);

        assertThat(readable).contains("messages.id", "users.email").doesNotContain("users.password_hash");
        assertThat(readable.stream().filter(column -> column.matches(".*\\.(?:.*_)?(?:" + CONTENT + ")s?(?:_.*)?")))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        // Hashes, an id, how far a file has arrived, the limits of a user's tokens, and what
                        // administrators
                        // see of an account.
                        "account_tokens.token_hash",
                        "files.state",
                        "personal_tokens.token_hash",
                        "sessions.token_hash",
                        "second_factors.secret_id",
                        "user_limits.token_rates",
                        "users.default_provider"));
        assertThat(JarDatabase.of(jar)
                        .read("SELECT rolname FROM pg_roles WHERE rolname LIKE 'parley\\_%'"
                                + " AND (rolsuper OR rolbypassrls OR rolcanlogin)"))
                .isEmpty();
    }
}

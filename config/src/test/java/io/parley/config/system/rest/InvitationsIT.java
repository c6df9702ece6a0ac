package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Administrators invite people to register. */
@ExtendWith(SharedJarExtension.class)
class InvitationsIT {
    private static final String INVITATIONS = "/api/v1/admin/invitations";
    private static final String REGISTER = "/api/v1/auth/register";

    @Test
    void becomesAnAccountOfTheInvitedRole(ParleyJar jar, ApiClient anonymous) throws IOException {
        var grace = CommandRunner.promoted(jar, TestUser.registered(anonymous, "grace"))
                .api();
        var email = TestUser.address("hedy");

        var created = grace.post(
                        INVITATIONS,
                        Json.object().put("email", email).put("role", "admin").toString())
                .expect(201)
                .json();
        var token = created.get("token").asText();
        assertThat(token).matches("inv_[A-Za-z0-9_-]{43}");
        assertThat(created.get("url").asText()).endsWith("/join#invitation=" + token);
        assertThat(grace.get(INVITATIONS).expect(200).text())
                .contains(created.get("id").asText())
                .doesNotContain(token);

        var registration = Json.object()
                .put("email", email)
                .put("password", TestUser.PASSWORD)
                .put("invitation", token)
                .toString();
        assertThat(anonymous
                        .post(REGISTER, registration)
                        .expect(201)
                        .json()
                        .at("/user/role")
                        .asText())
                .isEqualTo("admin");
        anonymous.post(REGISTER, registration.replace("hedy", "second")).expect(403);
        assertThat(Files.readString(jar.output())).doesNotContain(token);

        var id = created.get("id").asText();
        grace.delete(INVITATIONS + "/" + id).expect(204);
        grace.delete(INVITATIONS + "/" + id).expect(404);
    }

    @Test
    void saysWhichWaysToSignInThereAre(ApiClient anonymous) {
        TestUser.registered(anonymous, "ada");

        var options = anonymous.get("/api/v1/auth/options").expect(200).json();

        assertThat(options).isEqualTo(Json.read("""
                        {"registration":"open","email_verification":"off","password_reset":true,"has_users":true,
                         "passkey_origins":["%s"],"oidc":{"items":[{"name":"acme","title":"Acme Inc."}]}}""".formatted(SharedJarExtension.PUBLIC_URL)));
    }
}

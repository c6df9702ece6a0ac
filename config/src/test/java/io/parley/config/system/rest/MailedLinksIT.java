package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that lets nobody in before the e-mail address is confirmed. */
class MailedLinksIT {
    private static final String AUTH = "/api/v1/auth/";

    private static Mailbox mailbox;
    private static ParleyJar jar;
    private static ApiClient api;

    @BeforeAll
    static void start() {
        mailbox = Mailbox.open();
        jar = ParleyJar.start(
                ParleyJar.freshData(),
                Map.of(
                        "PARLEY_ACCOUNTS_EMAIL_VERIFICATION", "required",
                        "PARLEY_HTTP_PUBLIC_URL", "https://chat.example.org/parley",
                        "PARLEY_MAIL_HOST", "127.0.0.1",
                        "PARLEY_MAIL_PORT", String.valueOf(mailbox.port()),
                        "PARLEY_MAIL_TLS", "none",
                        "PARLEY_LIMITS_MAILS", "2/h"));
        api = new ApiClient(jar.uri());
    }

    @AfterAll
    static void stop() {
        jar.close();
        mailbox.close();
    }

    @Test
    void leadFromRegistrationToANewPassword() throws IOException {
        var ada = TestUser.address("ada");

        var answer = post("register", credentials(ada, TestUser.PASSWORD)).expect(202);
        assertThat(answer.json()).isEqualTo(Json.read("{\"status\":\"verification_sent\"}"));
        post("login", credentials(ada, TestUser.PASSWORD)).expect(403);
        post("login", credentials(ada, "not the password")).expect(401);
        var verification = mailbox.await(ada, 1);
        assertThat(verification.link()).startsWith("https://chat.example.org/parley/verify-email#token=evt_");
        assertThat(verification.from()).isEqualTo("parley@chat.example.org");
        post("verify-email", token(verification.token())).expect(204);
        assertThat(post("verify-email", token(verification.token())).expect(400).pointers())
                .containsExactly("/token");
        post("login", credentials(ada, TestUser.PASSWORD)).expect(200);

        post("password/forgot", email(ada)).expect(202);
        post("password/forgot", email(TestUser.address("nobody"))).expect(202);
        var reset = mailbox.await(ada, 2).token();
        var body = Json.object().put("token", reset).put("new_password", "as the loom weaves flowers");
        post("password/reset", body.toString()).expect(204);
        post("login", credentials(ada, "as the loom weaves flowers")).expect(200);
        assertThat(Files.readString(jar.output())).doesNotContain(reset, verification.token());
    }

    @Test
    void answerTheSameForAnAddressThatIsTaken() {
        var grace = TestUser.address("grace");
        var first = post("register", credentials(grace, TestUser.PASSWORD)).expect(202);
        mailbox.await(grace, 1);

        assertThat(post("register", credentials(grace, "another fine password"))
                        .expect(202)
                        .text())
                .isEqualTo(first.text());
        assertThat(mailbox.await(grace, 2).subject()).contains("already");
    }

    @Test
    void leadToANewPasswordAlthoughAStrangerHasAskedForOtherMails() {
        var hedy = TestUser.address("hedy");
        post("register", credentials(hedy, TestUser.PASSWORD)).expect(202);
        post("verify-email", token(mailbox.await(hedy, 1).token())).expect(204);
        for (int request = 0; request < 3; request++)
            post("verify-email/send", email(hedy)).expect(202);

        post("password/forgot", email(hedy)).expect(202);

        assertThat(mailbox.await(hedy, 2).link()).contains("/reset-password#token=rst_");
    }

    private static ApiResponse post(String path, String body) {
        return api.post(AUTH + path, body);
    }

    private static String credentials(String email, String password) {
        return Json.object().put("email", email).put("password", password).toString();
    }

    private static String email(String address) {
        return Json.object().put("email", address).toString();
    }

    private static String token(String token) {
        return Json.object().put("token", token).toString();
    }
}

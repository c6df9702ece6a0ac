package io.parley.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSessionRoutesTest {
    private static final SignedIn SIGNED_IN =
            new SignedIn(Fixtures.adasAccount, Fixtures.ADAS_SESSION, new Secret("the-new-one"));
    private static final String CREDENTIALS = "{\"email\":\"ada@example.org\",\"password\":\"the engine weaves\"}";

    private static final List<String> spent = new CopyOnWriteArrayList<>();
    private static final List<String> ended = new CopyOnWriteArrayList<>();
    private static final AtomicReference<EmailVerification> verification = new AtomicReference<>(EmailVerification.OFF);
    private static TestGateway gateway;
    private static TestGateway proxied;

    @BeforeAll
    static void open() {
        gateway = answering(TestGateway.open());
        proxied = answering(TestGateway.open(TestGateway.PROXIED));
    }

    private static TestGateway answering(TestGateway gateway) {
        TestGateway.await(gateway.bus.answer(
                Users.SIGN_IN_OPTIONS,
                query -> Future.succeededFuture(new SignInOptions(
                        RegistrationMode.OPEN,
                        verification.get(),
                        false,
                        true,
                        List.of(),
                        new Oidc.Providers(List.of())))));
        TestGateway.await(gateway.bus.answer(Users.REGISTER_UNVERIFIED, register -> Future.succeededFuture(None.NONE)));
        TestGateway.await(gateway.bus.answer(Users.REGISTER, register -> Future.succeededFuture(SIGNED_IN)));
        TestGateway.await(
                gateway.bus.answer(Users.LOGIN, login -> Future.succeededFuture(new Users.LoggedIn(SIGNED_IN, null))));
        TestGateway.await(gateway.bus.answer(SecondFactors.LOGIN, login -> Future.succeededFuture(SIGNED_IN)));
        TestGateway.await(gateway.bus.answer(Passkeys.LOGIN, login -> Future.succeededFuture(SIGNED_IN)));
        TestGateway.await(gateway.bus.answer(Sessions.REFRESH, refresh -> {
            spent.add(refresh.refreshToken().value());
            return refresh.refreshToken().value().equals("stale")
                    ? Future.failedFuture(Problem.unauthenticated("The refresh token is not valid."))
                    : Future.succeededFuture(SIGNED_IN);
        }));
        TestGateway.await(gateway.bus.answer(Sessions.LOGOUT, logout -> {
            ended.add(logout.refreshToken().value());
            return Future.succeededFuture(new Sessions.Ended(List.of(UUID.randomUUID())));
        }));
        return gateway;
    }

    @AfterAll
    static void close() {
        gateway.close();
        proxied.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "register|201|" + CREDENTIALS,
                "login|200|" + CREDENTIALS,
                "login/mfa|200|{\"mfa_token\":\"mfa_x\",\"code\":\"492039\"}",
                "passkeys/login|200|{\"credential\":{}}"
            })
    void keepsTheRefreshTokenInACookieAlone(String route, int status, String body) {
        var answer = post(gateway, route, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestGateway.json(answer).fieldNames())
                .containsExactlyInAnyOrder("user", "access_token", "token_type", "expires_in");
        assertThat(cookie(answer))
                .startsWith("parley=the-new-one; Max-Age=2592000;")
                .contains("; Path=/api/v1/web; HTTPOnly; SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void signsNobodyInWhoseAddressHasToBeConfirmed() {
        verification.set(EmailVerification.REQUIRED);
        try {
            var answer = post(gateway, "register", CREDENTIALS);

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(TestGateway.json(answer).getString("status")).isEqualTo("verification_sent");
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        } finally {
            verification.set(EmailVerification.OFF);
        }
    }

    @Test
    void hasASecureCookieBehindAProxyThatSpeaksHttps() {
        var answer = proxied.send(request(proxied, "login")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "example.org")
                .header("Origin", "https://example.org")
                .POST(BodyPublishers.ofString(CREDENTIALS)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(cookie(answer))
                .startsWith("__Secure-parley=the-new-one;")
                .contains("; Path=/parley/api/v1/web; Secure; HTTPOnly; SameSite=Strict");
    }

    @Test
    void refreshesWithTheCookie() {
        var answer = gateway.send(request(gateway, "refresh")
                .header("Cookie", "other=1; parley=the-old-one")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(spent).last().isEqualTo("the-old-one");
        assertThat(cookie(answer)).startsWith("parley=the-new-one;");
    }

    @Test
    void findsNothingWrongIfNobodyIsSignedIn() {
        var answer = gateway.send(request(gateway, "refresh").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void removesTheCookieOfASessionThatHasEnded() {
        var answer = gateway.send(
                request(gateway, "refresh").header("Cookie", "parley=stale").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(cookie(answer)).startsWith("parley=; Max-Age=0;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley=the-old-one", "other=1"})
    void signsOutWithAndWithoutASession(String sent) {
        ended.clear();
        var answer =
                gateway.send(request(gateway, "logout").header("Cookie", sent).POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(cookie(answer)).startsWith("parley=; Max-Age=0;");
        assertThat(ended).hasSize(sent.startsWith("parley") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,https://elsewhere.example.org",
        "Origin,null",
        "Origin," + TestGateway.FRIENDLY_ORIGIN,
        "Origin,http://127.0.0.1",
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,none",
        "Parley-Web,2"
    })
    void refusesThePagesOfOthersBeforeItReadsTheCookie(String header, String value) {
        spent.clear();
        var answer = gateway.send(request(gateway, "refresh")
                .header("Cookie", "parley=the-old-one")
                .setHeader(header, value)
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(spent).isEmpty();
    }

    @Test
    void refusesRequestsWithoutTheHeader() {
        var answer = gateway.send(gateway.request("/api/v1/web/logout")
                .header("Cookie", "parley=x")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void permitsItsOwnPages() {
        var own = "http://127.0.0.1:" + gateway.port();
        var answer = gateway.send(request(gateway, "refresh")
                .header("Origin", own)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    private static HttpRequest.Builder request(TestGateway gateway, String route) {
        return gateway.request("/api/v1/web/" + route).header("Parley-Web", "1");
    }

    private static HttpResponse<String> post(TestGateway gateway, String route, String body) {
        return gateway.send(request(gateway, route)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }
}

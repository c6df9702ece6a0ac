package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wrong passwords and registrations from addresses that a trusted proxy names. */
class SignInLimitsIT {
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String REGISTER = "/api/v1/auth/register";
    private static final String QUOTA = "https://iana.org/assignments/http-problem-types#quota-exceeded";
    private static final String REDUCED = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";
    private static final String HOME = "192.0.2.1";
    private static final String MALLORY = "203.0.113.1";
    private static final int CONNECTIONS = 90;

    private static ParleyJar jar;
    private static ApiClient api;

    @BeforeAll
    static void start() {
        jar = ParleyJar.startWithRealPasswords(
                ParleyJar.freshData(),
                Map.of(
                        "PARLEY_HTTP_TRUSTED_PROXIES", "127.0.0.1",
                        "PARLEY_LIMITS_REQUESTS_PER_ADDRESS", "",
                        "PARLEY_LIMITS_REGISTRATIONS", "5/m,300/d",
                        "PARLEY_LIMITS_FAILURES_PER_ACCOUNT", "10/15m"));
        api = new ApiClient(jar.uri()).within(Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @Test
    void slowGuessingDownButNotTheOwner() {
        var ada = TestUser.address("ada");
        register(ada, HOME).expect(201);
        for (int attempt = 0; attempt < 10; attempt++)
            login(ada, "not the password", MALLORY).expect(401);

        var limited = login(ada, TestUser.PASSWORD, "203.0.113.2").expect(429);

        assertThat(limited.json().path("type").asText()).isEqualTo(QUOTA);
        assertThat(limited.json().path("violated-policies").path(0).asText()).isEqualTo("sign-in");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 90);
        login(ada, TestUser.PASSWORD, HOME).expect(200);
    }

    @Test
    void countUnknownAccountsLikeKnownOnes() {
        var nobody = TestUser.address("nobody");
        for (int attempt = 0; attempt < 10; attempt++)
            login(nobody, "not the password", MALLORY).expect(401);

        var limited = login(nobody, "not the password", MALLORY).expect(429);

        assertThat(limited.json().path("detail").asText())
                .startsWith("Too many wrong passwords or codes. Try again in ");
    }

    @Test
    void limitRegistrations() {
        for (int account = 0; account < 5; account++)
            register(TestUser.address("new"), "198.51.100.1").expect(201);

        var limited = register(TestUser.address("new"), "198.51.100.1").expect(429);

        assertThat(limited.json().path("type").asText()).isEqualTo(QUOTA);
        assertThat(limited.json().path("violated-policies").path(0).asText()).isEqualTo("registrations");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 12);
        register(TestUser.address("new"), "198.51.100.2").expect(201);
    }

    @Test
    void letAnHonestUserInThroughAFloodOfWrongPasswords() {
        var grace = TestUser.address("grace");
        register(grace, HOME).expect(201);
        var flooding = new AtomicBoolean(true);
        var threads = Executors.newFixedThreadPool(CONNECTIONS);
        var flood = IntStream.range(0, CONNECTIONS)
                .mapToObj(each -> CompletableFuture.runAsync(() -> flood(flooding), threads))
                .toList();
        try {
            for (int attempt = 0; attempt < 10; attempt++)
                login(grace, TestUser.PASSWORD, HOME).expect(200);
        } finally {
            flooding.set(false);
            flood.forEach(CompletableFuture::join);
            threads.shutdown();
        }
    }

    private static void flood(AtomicBoolean flooding) {
        while (flooding.get()) {
            var answer = login(TestUser.address("nobody"), "not the password", MALLORY);
            assertThat(answer.status()).isIn(401, 503);
            if (answer.status() == 401) continue;
            assertThat(answer.json().path("type").asText()).isEqualTo(REDUCED);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            Pause.betweenRequests();
        }
    }

    private static ApiResponse login(String email, String password, String address) {
        return post(LOGIN, email, password, address);
    }

    private static ApiResponse register(String email, String address) {
        return post(REGISTER, email, TestUser.PASSWORD, address);
    }

    private static ApiResponse post(String path, String email, String password, String address) {
        var body = Json.object().put("email", email).put("password", password);
        return api.send(
                ApiRequest.of("POST", path).with("X-Forwarded-For", address).json(body.toString()));
    }
}

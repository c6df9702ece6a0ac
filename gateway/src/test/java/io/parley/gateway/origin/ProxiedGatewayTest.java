package io.parley.gateway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Users;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with a public URL and trusted proxies, and one without. */
class ProxiedGatewayTest {
    private static final Deque<String> addresses = new ArrayDeque<>();
    private static TestGateway proxied;
    private static TestGateway direct;

    @BeforeAll
    static void open() {
        proxied = TestGateway.open(TestGateway.PROXIED);
        direct = TestGateway.open();
        for (var gateway : new TestGateway[] {proxied, direct}) {
            TestGateway.await(gateway.bus.answer(Users.LOGIN, login -> {
                addresses.add(String.valueOf(login.client().ip()));
                return Future.failedFuture(Problem.unavailable());
            }));
            TestGateway.await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));
        }
    }

    @AfterAll
    static void close() {
        proxied.close();
        direct.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 192.0.2.7                                | 192.0.2.7",
                "X-Forwarded-For: 192.0.2.7:4711                           | 192.0.2.7",
                "X-Forwarded-For: 6.6.6.6, 192.0.2.7                       | 192.0.2.7",
                "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3             | 192.0.2.7",
                "X-Forwarded-For: 10.1.2.3                                 | 10.1.2.3",
                "X-Forwarded-For: 2001:db8::1                              | 2001:db8:0:0:0:0:0:1",
                "X-Forwarded-For: ::ffff:192.0.2.7                         | 192.0.2.7",
                "X-Forwarded-For: 6.6.6.6, unknown                         | 127.0.0.1",
                "X-Forwarded-For: 6.6.6.6, localhost                       | 127.0.0.1",
                "X-Forwarded-For: 6.6.6.6,                                 | 127.0.0.1",
                "Forwarded: for=192.0.2.7                                  | 192.0.2.7",
                "Forwarded: for=192.0.2.7;proto=https;by=10.0.0.1          | 192.0.2.7",
                "Forwarded: by=10.0.0.1; For=\"[2001:db8::1]:4711\"        | 2001:db8:0:0:0:0:0:1",
                "Forwarded: for=6.6.6.6, for=192.0.2.7, for=10.1.2.3       | 192.0.2.7",
                "Forwarded: for=_hidden                                    | 127.0.0.1",
                "Forwarded: for=6.6.6.6, proto=https                       | 127.0.0.1",
                "Forwarded: for=192.0.2.7, garbage                         | 127.0.0.1",
                "X-Other: 192.0.2.7                                        | 127.0.0.1",
            })
    void seesTheClientThroughTrustedProxies(String header, String client) throws IOException {
        login(proxied, "/api/v1/auth/login", "example.org", header);
        assertThat(addresses.removeLast()).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7"})
    void believesNobodyElse(String header) throws IOException {
        login(direct, "/api/v1/auth/login", "example.org", header);
        assertThat(addresses.removeLast()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, X: a, 503",
        "EXAMPLE.org:8443, X: a, 503",
        "chat.example.org, X: a, 503",
        "localhost:8080, X: a, 503",
        "127.0.0.1, X: a, 503",
        "evil.example, X: a, 403",
        "example.org.evil.example, X: a, 403",
        "evil.example, X-Forwarded-Host: example.org, 503",
        "evil.example, Forwarded: for=192.0.2.7;host=example.org, 503",
        "example.org, X-Forwarded-Host: evil.example, 403",
    })
    void answersForItsOwnNamesOnly(String host, String header, int status) throws IOException {
        assertThat(login(proxied, "/api/v1/auth/login", host, header)).startsWith("HTTP/1.1 " + status);
        assertThat(login(direct, "/api/v1/auth/login", host, header)).startsWith("HTTP/1.1 503");
        addresses.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth/login", "/nowhere"})
    void makesBrowsersUseHttpsIfClientsReachItSo(String path) throws IOException {
        var header = "strict-transport-security: max-age=63072000";
        assertThat(login(proxied, path, "example.org", "X: a")).containsIgnoringCase(header);
        assertThat(login(direct, path, "example.org", "X: a")).doesNotContainIgnoringCase(header);
    }

    @Test
    void answersHealthChecksForEveryName() throws IOException {
        assertThat(proxied.sendRaw("GET /health/live HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley/api/v1/auth/login", "/api/v1/auth/login"})
    void takesRequestsWithItsPrefixAndWithoutIt(String path) throws IOException {
        assertThat(login(proxied, path, "example.org", "X: a")).startsWith("HTTP/1.1 503");
        addresses.clear();
    }

    @Test
    void tellsWhereThingsAreWithItsPrefix() {
        assertThat(proxied.send("POST", "/parley/api/v1/tasks", "{\"title\":\"Book\"}")
                        .headers()
                        .firstValue("Location"))
                .hasValue("/parley/api/v1/tasks/" + Fixtures.TASK_ID);
        assertThat(direct.send("POST", "/api/v1/tasks", "{\"title\":\"Book\"}")
                        .headers()
                        .firstValue("Location"))
                .hasValue("/api/v1/tasks/" + Fixtures.TASK_ID);
        assertThat(proxied.get("/parley/openapi.yaml").body()).contains("\n  - url: /parley/\n");
        assertThat(proxied.get("/parley/docs").body()).contains("\"docs/start.js\"");
        assertThat(proxied.get("/parley/docs/start.js").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhereToReportAVulnerability() {
        var text = proxied.get("/.well-known/security.txt");
        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body())
                .contains(
                        "Contact: mailto:security@example.org\n",
                        "Canonical: https://example.org/parley/.well-known/security.txt\n");
        var expires = text.body().replaceFirst("(?s).*Expires: (\\S+)\n.*", "$1");
        assertThat(Instant.parse(expires)).isAfter(Instant.now());
        assertThat(direct.get("/.well-known/security.txt").statusCode()).isEqualTo(404);
    }

    private static String login(TestGateway gateway, String path, String host, String header) throws IOException {
        var body = "{\"email\":\"ada@example.org\",\"password\":\"the engine weaves\"}";
        return gateway.sendRaw("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }
}

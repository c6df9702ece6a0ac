package io.parley.gateway.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginRequestsTest {
    private static final String TASK = "/api/v1/tasks/" + Fixtures.TASK_ID;
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));
        TestGateway.await(gateway.bus.answer(Tasks.LIST, list -> Future.failedFuture(Problem.unavailable())));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tasks, POST, 'authorization,content-type'",
        "/api/v1/tasks, POST, ''",
        "/api/v1/users/me, PATCH, 'Authorization, Content-Type, If-Match'",
        "/api/v1/auth/refresh, POST, content-type",
        "/api/v1/events, GET, 'authorization,last-event-id'",
        "/nowhere, DELETE, authorization",
    })
    void answersPreflightsWithoutAToken(String path, String method, String headers) {
        var response = gateway.send(preflight(path, TestGateway.FRIENDLY_ORIGIN, method, headers));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(TestGateway.FRIENDLY_ORIGIN);
        assertThat(names(response, "Access-Control-Allow-Methods")).contains(method.toLowerCase(Locale.ROOT));
        assertThat(names(response, "Access-Control-Allow-Headers")).containsAll(split(headers));
        assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(response, "Vary")).containsIgnoringCase("Origin");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void repeatsTheHeadersOfClientsThatBrowsersAskFor() {
        var asked = "x-stainless-lang, Mcp-Session-Id, authorization, parley-web, x-other";

        var allowed = names(
                gateway.send(preflight("/api/v1/tasks", TestGateway.FRIENDLY_ORIGIN, "POST", asked)),
                "Access-Control-Allow-Headers");

        assertThat(allowed)
                .contains("x-stainless-lang", "mcp-session-id", "authorization")
                .doesNotContain("parley-web", "x-other")
                .allMatch(name -> name.matches("[a-z-]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org.evil.test",
                "https://app-example.org",
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://APP.example.org",
                "https://app.example.org/",
                "null",
                "*",
                "",
            })
    void saysNothingToAnyOtherOrigin(String origin) {
        var preflight = gateway.send(preflight("/api/v1/tasks", origin, "POST", "authorization"));
        var answer = gateway.send(gateway.asAda(TASK).header("Origin", origin));

        assertThat(preflight.statusCode()).isEqualTo(405);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Stream.of(preflight, answer))
                .allSatisfy(response -> assertThat(response.headers().map().keySet())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-")));
        assertThat(header(answer, "Vary")).containsIgnoringCase("Origin");
    }

    @Test
    void letsPagesReadAnswers() {
        var response = gateway.send(gateway.asAda(TASK).header("Origin", TestGateway.FRIENDLY_ORIGIN));

        assertThat(response.statusCode()).isEqualTo(200);
        assertReadable(response);
        assertThat(names(response, "Access-Control-Expose-Headers")).contains("etag", "location", "retry-after");
        assertThat(header(response, "ETag")).isNotEmpty();
    }

    @Test
    void letsPagesReadErrors() {
        var origin = TestGateway.FRIENDLY_ORIGIN;
        var unavailable = gateway.send(gateway.asAda("/api/v1/tasks").header("Origin", origin));
        var unauthenticated = gateway.send(gateway.request(TASK).header("Origin", origin));
        var notAllowed =
                gateway.send(gateway.asAda(TASK).header("Origin", origin).method("OPTIONS", BodyPublishers.noBody()));
        var missing = gateway.send(gateway.asAda("/api/v1/nowhere").header("Origin", origin));
        var slash = gateway.send(gateway.asAda("/api/v1/tasks/").header("Origin", origin));

        assertThat(Stream.of(unavailable, unauthenticated, notAllowed, missing, slash)
                        .map(HttpResponse::statusCode))
                .containsExactly(503, 401, 405, 404, 404);
        assertThat(Stream.of(unavailable, unauthenticated, notAllowed, missing, slash))
                .allSatisfy(CrossOriginRequestsTest::assertReadable);
    }

    @Test
    void allowsNobodyUnlessSet() {
        try (var closed = TestGateway.open(TestGateway.SHORT_TIMEOUTS)) {
            var preflight = closed.request("/api/v1/tasks")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", TestGateway.FRIENDLY_ORIGIN)
                    .header("Access-Control-Request-Method", "POST");
            var response = closed.send(preflight);

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        }
    }

    private static HttpRequest.Builder preflight(String path, String origin, String method, String headers) {
        var preflight = gateway.request(path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
        return headers.isEmpty() ? preflight : preflight.header("Access-Control-Request-Headers", headers);
    }

    private static void assertReadable(HttpResponse<?> response) {
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(TestGateway.FRIENDLY_ORIGIN);
    }

    private static Set<String> names(HttpResponse<?> response, String header) {
        return split(header(response, header));
    }

    private static Set<String> split(String names) {
        return Stream.of(names.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

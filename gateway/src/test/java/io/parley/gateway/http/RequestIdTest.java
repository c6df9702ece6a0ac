package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "traceparent, 01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "traceparent, cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later",
        "x-request-id, 4bf92f3577b34da6a3ce929d0e0e4736",
        "X-Request-Id, 4BF92F3577B34DA6A3CE929D0E0E4736",
        "X-Request-Id, 4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
    })
    void isThatOfTheClient(String header, String value) {
        assertThat(id(gateway.get("/health/live", header, value))).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @CsvSource({
        "traceparent, ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "traceparent, 00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "traceparent, 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "traceparent, 4bf92f3577b34da6a3ce929d0e0e4736",
        "x-request-id, 4bf92f3577b34da6a3ce929d0e0e473",
        "x-request-id, <script>alert(1)</script>",
        "x-request-id, 4bf92f35-77b34da6-a3ce-929d-0e0e4736",
    })
    void isANewOneIfThatOfTheClientIsNone(String header, String value) {
        var first = id(gateway.get("/health/live", header, value));
        var second = id(gateway.get("/health/live", header, value));
        assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(TRACE).isNotEqualTo(second);
    }

    @Test
    void prefersTheTraceToTheId() {
        var answer = gateway.get(
                "/health/live",
                "X-Request-Id",
                "0123456789abcdef0123456789abcdef",
                "traceparent",
                "00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(id(answer)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing-here", "/api/v1/tasks", "/api/v1/tasks/", "/a//b"})
    void isToldWithEveryProblem(String path) {
        var answer = gateway.get(path, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(id(answer)).isEqualTo(TRACE);
        assertThat(TestGateway.json(answer).getString("trace_id")).isEqualTo(TRACE);
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }
}

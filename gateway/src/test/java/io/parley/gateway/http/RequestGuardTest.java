package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
    private static final String HOST = "Host: parley\r\n";
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
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: +5",
                "Content-Length: 5, 5",
                "Host: other",
                "Host : parley",
                ": nameless",
                "Nonsense"
            })
    void refusesAnAmbiguousRequestAndCloses(String headers) {
        var received = gateway.sendRaw(
                "POST /api/v1/auth/login HTTP/1.1\r\n" + HOST + headers + "\r\n\r\n",
                "0\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(received).startsWith("HTTP/1.1 400 Bad Request").contains("application/problem+json");
        assertThat(received.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void refusesARequestWithoutHost() {
        assertThat(gateway.sendRaw("GET /health/live HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live%00",
                "/health%2flive",
                "/health%5Clive",
                "/health\\live",
                "/health/../health/live",
                "/health/./live",
                "/health/%2e%2e/live",
                "/health/%2E/live",
                "//health/live",
                "/health/live/..",
                "/health/live%zz",
                "/health/live%4",
                "/health/l\u00edve",
                "/health/live#there"
            })
    void refusesAnAmbiguousPathAndCloses(String path) {
        assertThat(gateway.sendRaw("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%4", "a=%", "a=%FF", "a=%C3"})
    void refusesABrokenQuery(String query) {
        var received =
                gateway.sendRaw("GET /health/live?" + query + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        assertThat(received).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void refusesALineWithoutEnd() {
        var received = gateway.sendRaw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(received).contains(" 414 ").contains("application/problem+json");
    }

    @Test
    void refusesHeadersWithoutEnd() {
        var received = gateway.sendRaw("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(received).contains(" 431 ").contains("application/problem+json");
    }

    @Test
    void refusesWhatIsNotHttp() {
        assertThat(gateway.sendRaw("nonsense\r\n\r\n")).contains(" 400 ");
    }

    @Test
    void acceptsAValidChunkedRequest() {
        var received = gateway.sendRaw("POST /api/v1/auth/login HTTP/1.1\r\n" + HOST
                + "Connection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
        assertThat(received).startsWith("HTTP/1.1 400 ").contains("/password");
    }
}

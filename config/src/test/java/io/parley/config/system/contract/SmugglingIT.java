package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a proxy and the server could parse differently, and other hostile ones. */
@ExtendWith(SharedJarExtension.class)
class SmugglingIT {
    private static final String SECOND = "GET /health/live HTTP/1.1|Host: parley|Connection: close||";
    private static final String LOGOUT = "POST /api/v1/auth/logout HTTP/1.1|Host: a|Content-Type: application/json|";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Transfer-Encoding: chunked|Content-Length: 5||0||",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: 2|Content-Length: 3||{}|",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: 2, 3||{}|",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: +2||{}",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: -2||{}",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Length: two||{}",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Transfer-Encoding: gzip||{}",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Transfer-Encoding: chunked, identity||0||",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Transfer-Encoding : chunked||0||",
                "POST /api/v1/auth/login HTTP/1.1|Host: a|Content-Type: application/json|Transfer-Encoding: chunked||x||",
                "GET /health/live HTTP/1.1|Host: a|Host: b||",
                "GET /health/live HTTP/1.1|Host: a|Host: a||",
                "GET /health/live HTTP/1.1||",
                "GET /health/live HTTP/1.1|Host: a b||",
                "GET /health/live HTTP/1.1|Host: a|no colon||",
                "GET /health/live HTTP/1.1|Host: a|X: a\u0000b||",
                "GET /health/live HTTP/1.1| Host: a||",
                "GET /health/%00live HTTP/1.1|Host: a||",
                "GET /health/live%00 HTTP/1.1|Host: a||",
                "GET /api/v1/tasks/%zz HTTP/1.1|Host: a||",
                "GET /health/li\u0000ve HTTP/1.1|Host: a||",
                "GET /health/live HTTP/9.9|Host: a||",
                "GARBAGE||",
            })
    void areRefusedAndNothingBehindThemIsRead(String request, ApiClient api) throws IOException {
        try (var connection = new RawConnection(api.server())) {
            var received = connection.send(lines(request + SECOND)).readAll();
            assertThat(received).matches("(?s)HTTP/[0-9.]+ (4[0-9][0-9]|501|505) .*|");
            assertThat(received).doesNotContain("200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/live?%zz=1", "/health/live?a=%", "/health/live?a=%e", "/health/live?=%FF", "health/live"
            })
    void areRefusedWithoutHarmToTheNextWhereOnlyTheTargetIsWrong(String target, ApiClient api) throws IOException {
        try (var connection = new RawConnection(api.server())) {
            var received = connection
                    .send(lines("GET " + target + " HTTP/1.1|Host: a||" + SECOND))
                    .readAll();
            assertThat(received).matches("(?s)HTTP/1.1 40[04] .*HTTP/1.1 200 .*");
        }
    }

    @Test
    void refusesHeadersWithoutEnd(ApiClient api) throws IOException {
        assertThat(answer(api, "GET /health/live HTTP/1.1|Host: a|X: " + "x".repeat(100_000) + "||"))
                .startsWith("4");
    }

    @Test
    void refusesAPathWithoutEnd(ApiClient api) throws IOException {
        assertThat(answer(api, "GET /" + "x".repeat(100_000) + " HTTP/1.1|Host: a||"))
                .startsWith("4");
    }

    @Test
    void refusesAnAnnouncedBodyThatIsTooLargeBeforeItComes(ApiClient api) throws IOException {
        assertThat(answer(api, LOGOUT + "Content-Length: 1000000000||")).isEqualTo("413");
    }

    @Test
    void takesABodyInChunks(ApiClient api) throws IOException {
        var chunks = "10|{\"refresh_token\"|5|:\"a\"}|0||";
        assertThat(answer(api, LOGOUT + "Transfer-Encoding: chunked||" + chunks))
                .isEqualTo("204");
    }

    // RFC 9112, 7.1.1 and 7.1.2: a recipient must ignore chunk extensions that it does not know, and may ignore
    // trailers.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a;name=value;quoted=\"a b\"|{\"refresh_token\":\"aaaaaa\"}|0||",
                "1a|{\"refresh_token\":\"aaaaaa\"}|0;last||",
                "1a|{\"refresh_token\":\"aaaaaa\"}|0|X-Checksum: 1||",
            })
    void ignoresChunkExtensionsAndTrailers(String chunks, ApiClient api) throws IOException {
        assertThat(answer(api, LOGOUT + "Transfer-Encoding: chunked||" + chunks))
                .isEqualTo("204");
    }

    private static String answer(ApiClient api, String request) throws IOException {
        try (var connection = new RawConnection(api.server())) {
            var received = connection.send(lines(request)).readUntil("\r\n");
            return received.substring(0, Math.min(12, received.length())).replaceFirst("HTTP/1.[01] ", "");
        }
    }

    private static String lines(String request) {
        return request.replace("|", "\r\n");
    }
}

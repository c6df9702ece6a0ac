package io.parley.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IMPORTED = Pattern.compile(
            "(?m)(?:^import\\b[^'\"]*|^export\\b[^'\"=]*\\bfrom\\s*|\\bimport\\(\\s*)['\"]([^'\"]+)['\"]");

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
                "/",
                "/c/019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10",
                "/tasks",
                "/search?q=a",
                "/settings",
                "/admin",
                "/join",
                "/no/such/page",
                "/tasks/"
            })
    void isOneDocumentAtEveryPage(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(answer.body()).isEqualTo(get("/").body()).doesNotContain("<style", " style=", "{assets}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/v1/nothing",
                "/oauth/nothing",
                "/.well-known/openid-configuration",
                "/assets/app/main.js",
                "/assets/0/app/main.js",
                "/health",
                "/metrics",
                "/docs/nothing",
                "/sse",
                "/register",
                "/authorize",
                "/token"
            })
    void isNoAnswerForOtherClients(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void isReadOnly() {
        assertThat(gateway.send(gateway.request("/tasks").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        var head = gateway.send(gateway.request("/tasks").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void hasEveryFileThatItLoads() {
        var loaded = everything();
        assertThat(loaded).anyMatch(path -> path.endsWith("/style.css")).hasSizeGreaterThan(10);
        for (var path : loaded) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
            assertThat(get(path, "If-None-Match", tag(answer)).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void compressesForThoseWhoCanReadIt() throws IOException {
        var path = everything().stream()
                .filter(each -> each.endsWith("/style.css"))
                .findFirst()
                .orElseThrow();
        var plain = get(path);
        var compressed = bytes(path, "gzip, deflate, br");
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(tag(compressed)).isEqualTo(tag(plain));
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain.body());
        }
        assertThat(bytes(path, "gzip;q=0, br").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void answersAKnownPageBriefly() {
        var tag = tag(get("/"));
        var answer = get("/tasks", "If-None-Match", tag);
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley", "/parley/", "/parley/tasks", "/"})
    void isBelowThePrefixOfThePublicUrl(String path) {
        try (var proxied = TestGateway.open(TestGateway.PROXIED)) {
            var page = proxied.send(proxied.request(path).header("X-Forwarded-Host", "example.org"));
            assertThat(page.statusCode()).isEqualTo(200);
            var loads = LOADED.matcher(page.body());
            var style = loads.results()
                    .map(each -> each.group(1))
                    .filter(each -> each.endsWith("/style.css"))
                    .findFirst()
                    .orElseThrow();
            assertThat(style).startsWith("/parley/assets/");
            var file = proxied.send(proxied.request(style).header("X-Forwarded-Host", "example.org"));
            assertThat(file.statusCode()).isEqualTo(200);
        }
    }

    /** What the page loads, and what its modules import, also later. */
    private static Set<String> everything() {
        var paths = new LinkedHashSet<String>();
        var page = LOADED.matcher(get("/").body());
        while (page.find()) if (page.group(1).startsWith("/")) collect(page.group(1), paths);
        return paths;
    }

    private static void collect(String path, Set<String> paths) {
        if (!paths.add(path) || !path.endsWith(".js") || path.contains("/lib/")) return;
        var imports = IMPORTED.matcher(get(path).body());
        while (imports.find())
            collect(URI.create(path).resolve(imports.group(1)).getPath(), paths);
    }

    private static HttpResponse<String> get(String path, String... headers) {
        var request = gateway.request(path);
        return gateway.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<byte[]> bytes(String path, String encodings) {
        return gateway.send(gateway.request(path).header("Accept-Encoding", encodings), BodyHandlers.ofByteArray());
    }

    private static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}

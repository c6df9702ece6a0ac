package io.parley.gateway.oauth.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.gateway.oauth.OAuthError;
import io.parley.kernel.outbound.PublicAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that programs describe themselves in, from a server of the test's own. */
class ClientDocumentsTest {
    private static final String ID = "https://editor.example.org/oauth.json";
    private static final AtomicInteger requests = new AtomicInteger();
    private static Vertx vertx;
    private static int port;
    private static DocumentFetcher fetcher;

    @BeforeAll
    static void listen() throws Exception {
        vertx = Vertx.vertx();
        port = await(vertx.createHttpServer()
                        .requestHandler(ClientDocumentsTest::answer)
                        .listen(0, "127.0.0.1"))
                .actualPort();
        fetcher = new DocumentFetcher(vertx, address -> true, Duration.ofSeconds(30));
    }

    @AfterAll
    static void close() throws Exception {
        await(vertx.close());
    }

    private static void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        var response = request.response().putHeader("Content-Type", "application/json; charset=utf-8");
        switch (request.path()) {
            case "/good" -> response.end("{}");
            case "/redirect" ->
                response.setStatusCode(302).putHeader("Location", "/good").end();
            case "/html" -> response.putHeader("Content-Type", "text/html").end("{}");
            case "/large" -> response.end(Buffer.buffer(new byte[40_000]));
            case "/endless" -> response.setChunked(true).write("{");
            default -> response.setStatusCode(404).end("{}");
        }
    }

    @Test
    void areFetched() throws Exception {
        assertThat(await(fetcher.fetch(url("/good"))).toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/redirect", "/html", "/large", "/missing"})
    void areNotTakenFrom(String path) {
        assertThatThrownBy(() -> await(fetcher.fetch(url(path)))).isInstanceOf(ExecutionException.class);
    }

    @Test
    void areNotWaitedFor() {
        var impatient = new DocumentFetcher(vertx, address -> true, Duration.ofSeconds(1));
        assertThatThrownBy(() -> await(impatient.fetch(url("/endless")))).isInstanceOf(ExecutionException.class);
    }

    @Test
    void areNotFetchedFromPrivateAddresses() {
        int before = requests.get();
        var strict = new DocumentFetcher(vertx, PublicAddresses::contain, Duration.ofSeconds(2));
        assertThatThrownBy(() -> await(strict.fetch(url("/good")))).hasCauseInstanceOf(OAuthError.class);
        assertThat(requests.get()).isEqualTo(before);
    }

    @Test
    void describeAProgram() {
        var client = read("""
            {"client_id": "%s", "client_name": "Edi\\u202etor <b>", "token_endpoint_auth_method": "none",
             "redirect_uris": ["http://localhost/callback", "editor:/done"], "logo_uri": "https://x.example/a.png"}
            """.formatted(ID));
        assertThat(client.name()).isEqualTo("Editor <b>");
        assertThat(client.redirectUri("http://localhost:5000/callback")).hasValue("http://localhost:5000/callback");
        assertThat(client.redirectUri("editor:/done")).isPresent();
        assertThat(client.redirectUri(null)).isEmpty();
        assertThat(read("{\"client_id\":\"" + ID + "\",\"redirect_uris\":[\"https://editor.example.org/a\"]}")
                        .name())
                .isEqualTo("editor.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"client_id\":\"https://other.example/a\",\"redirect_uris\":[\"https://a.example/b\"]}",
                "{\"client_id\":\"" + ID + "\"}",
                "{\"client_id\":\"" + ID + "\",\"redirect_uris\":[\"javascript:alert(1)\"]}",
                "{\"client_id\":\"" + ID + "\",\"redirect_uris\":[\"http://example.org/a\"]}",
                "{\"client_id\":\"" + ID + "\",\"redirect_uris\":[\"https://a.example/b#c\"]}",
                "{\"client_id\":\"" + ID
                        + "\",\"redirect_uris\":[\"https://a.example/b\"],\"token_endpoint_auth_method\":\"client_secret_post\"}"
            })
    void areRefused(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a",
                "https://example.org",
                "https://127.0.0.1/a",
                "https://[::1]/a",
                "https://2130706433/a",
                "https://0x7f.1/a",
                "https://localhost/a",
                "https://localhost./a",
                "https://editor.localhost/a",
                "https://ada@example.org/a",
                "https://example.org:8443/a",
                "https://example.org/a#b",
                "https://example.org/../a",
                "https://example.org/%2e%2e/a",
                "https://EXAMPLE.org/a",
                "https://example.org/a|b",
                "https://example.org/%zz",
                "https://example.org\\@evil.example/a"
            })
    void areNotNamedBy(String id) {
        assertThat(ClientDocuments.areNamedBy(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "https://claude.ai/oauth/claude-code-client-metadata",
                "https://example.org:443/a?b=c",
                "https://a.example/"
            })
    void areNamedByUrls(String id) {
        assertThat(ClientDocuments.areNamedBy(id)).isTrue();
    }

    private static OAuthClient read(String document) {
        return ClientDocuments.client(ID, Buffer.buffer(document));
    }

    private static URI url(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

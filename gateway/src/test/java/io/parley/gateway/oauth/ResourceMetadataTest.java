package io.parley.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import io.vertx.core.json.JsonArray;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class ResourceMetadataTest {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    @Test
    void describesTheResourceToAnybody() {
        try (var gateway = TestGateway.open()) {
            for (var path : new String[] {PATH, PATH + "/mcp"}) {
                var response = gateway.send(gateway.request(path));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                        .hasValue("*");
                var document = TestGateway.json(response);
                assertThat(document.getString("resource")).isEqualTo("http://127.0.0.1:" + gateway.port() + "/mcp");
                assertThat(document.getJsonArray("scopes_supported"))
                        .isEqualTo(new JsonArray()
                                .add("tasks:read")
                                .add("tasks:write")
                                .add("conversations:read")
                                .add("conversations:write")
                                .add("chat"));
                assertThat(document.getJsonArray("bearer_methods_supported")).isEqualTo(new JsonArray().add("header"));
                assertThat(document.getString("resource_name")).isEqualTo("Parley");
            }
            var preflight = gateway.send(gateway.request(PATH).method("OPTIONS", BodyPublishers.noBody()));
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(gateway.send(gateway.request(PATH).POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(405);
            assertThat(gateway.sendRaw("GET " + PATH + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(gateway.sendRaw("GET /api/v1/tasks HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .contains("Bearer realm=\"parley\"\r\n");
        }
    }

    @Test
    void namesThePublicUrl() {
        try (var gateway = TestGateway.open(TestGateway.PROXIED)) {
            for (var path :
                    new String[] {PATH, PATH + "/mcp", PATH + "/parley", PATH + "/parley/mcp", "/parley" + PATH})
                assertThat(gateway.sendRaw(
                                "GET " + path + " HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200")
                        .contains("\"resource\":\"https://example.org/parley/mcp\"");
        }
    }
}

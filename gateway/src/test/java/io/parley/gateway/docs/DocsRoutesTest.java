package io.parley.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocsRoutesTest {
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void servesTheContract() {
        var response = gateway.send(gateway.request("/openapi.yaml"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(response.body()).startsWith("openapi: 3.1");
    }

    @Test
    void servesEverythingThatThePageLoads() {
        var page = gateway.send(gateway.request("/docs"));
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe", "http");
        var loads = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page.body());
        int count = 0;
        for (; loads.find(); count++) {
            var part = gateway.send(gateway.request("/" + loads.group(1)));
            assertThat(part.statusCode()).isEqualTo(200);
            assertThat(part.body()).isNotEmpty();
        }
        assertThat(count).isEqualTo(4);
    }
}

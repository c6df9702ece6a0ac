package io.parley.gateway.http;

import static io.parley.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.Http2Client;
import io.parley.gateway.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearTextHttp2Test {
    private static final String PATH = "GET /health/live HTTP/1.1\r\n";
    private static final String HOST = "Host: parley\r\n";
    private static final String UPGRADE =
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";

    /** The type in the head of a frame. */
    private static final int SETTINGS = 4;

    private final TestGateway gateway = TestGateway.open();
    private final Http2Client client = new Http2Client(gateway);

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void answersByPriorKnowledge() {
        var answer = client.send(HttpMethod.GET, "/health/live");

        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("x-request-id")).isNotEmpty();
        assertThat(answer.headers().contains("Connection")).isFalse();
    }

    @Test
    void answersAfterAnUpgradeAndGoesOn() throws Exception {
        var jdk = java.net.http.HttpClient.newBuilder().version(Version.HTTP_2).build();
        await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));

        var first = jdk.send(gateway.request("/health/live").build(), BodyHandlers.ofString());
        assertThat(first.version()).isEqualTo(Version.HTTP_2);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-request-id")).isPresent();

        var created = jdk.send(
                gateway.asAda("/api/v1/tasks")
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"title\": \"Pack\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.version()).isEqualTo(Version.HTTP_2);
        assertThat(created.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HOST + HOST + UPGRADE,
                HOST + UPGRADE + "Transfer-Encoding: xchunked\r\n",
                HOST + UPGRADE + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                HOST + UPGRADE + ":path: /health/ready\r\n",
            })
    void refusesAnAmbiguousUpgradeInHttp1(String headers) {
        assertThat(gateway.sendRaw(PATH + headers + "\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: !\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h3c\r\nHTTP2-Settings: AAMAAABk\r\n",
            })
    void answersInHttp1IfTheUpgradeIsIncomplete(String headers) {
        assertThat(gateway.sendRaw(PATH + HOST + headers + "\r\n", PATH + HOST + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void upgradesOnlyTheFirstRequest() {
        var received = gateway.sendRaw(
                PATH + HOST + "\r\n" + PATH + HOST + UPGRADE + "\r\n" + PATH + HOST + "Connection: close\r\n\r\n");
        assertThat(received.split("HTTP/1.1 200 ", -1)).hasSize(4);
    }

    @Test
    void recognisesAPrefaceThatArrivesInPieces() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            for (var part : new String[] {
                Http2Client.PREFACE.substring(0, 1),
                Http2Client.PREFACE.substring(1, 20),
                Http2Client.PREFACE.substring(20)
            }) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            var head = socket.getInputStream().readNBytes(9);
            assertThat(head[3]).isEqualTo((byte) SETTINGS);
        }
    }
}

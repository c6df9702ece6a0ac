package io.parley.gateway.http;

import static io.parley.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearTextHttp2Test {
    private static final String PATH = "GET /health/live HTTP/1.1\r\n";
    private static final String HOST = "Host: parley\r\n";
    private static final String UPGRADE =
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** Types in the head of a frame. */
    private static final int DATA = 0;

    private static final int SETTINGS = 4;

    /** A flag of DATA. */
    private static final int END_STREAM = 1;

    /** An answer that is larger than the default windows. */
    private static final String LARGE = "/openapi.yaml";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(options());
    private TestGateway gateway;

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
    }

    @AfterEach
    void close() {
        await(vertx.close());
        gateway.close();
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
    }

    private HttpClient newClient(Handler<HttpConnection> connected) {
        return vertx.httpClientBuilder()
                .with(options())
                .withConnectHandler(connected)
                .build();
    }

    private record Answer(int status, HttpVersion version, MultiMap headers, String body) {}

    @Test
    void answersByPriorKnowledge() {
        var answer = send(HttpMethod.GET, "/health/live");

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
            for (var part : new String[] {PREFACE.substring(0, 1), PREFACE.substring(1, 20), PREFACE.substring(20)}) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            var head = socket.getInputStream().readNBytes(9);
            assertThat(head[3]).isEqualTo((byte) SETTINGS);
        }
    }

    @Test
    void allows128StreamsAConnection() {
        var settings = Promise.<Long>promise();
        var http = newClient(
                connection -> settings.tryComplete(connection.remoteSettings().getMaxConcurrentStreams()));
        await(request(http, HttpMethod.GET, "/health/live").compose(HttpClientRequest::send));
        assertThat(await(settings.future())).isEqualTo(128);
    }

    @Test
    void closesAConnectionThatResetsStreamAfterStream() {
        var closed = Promise.<Void>promise();
        var http = newClient(connection -> connection.closeHandler(gone -> closed.tryComplete()));
        resetUntil(http, closed);
        await(closed.future());
        assertThat(send(HttpMethod.GET, "/health/live").status()).isEqualTo(200);
    }

    // Far more than the 200 in 30 s that are allowed.
    private void resetUntil(HttpClient http, Promise<Void> closed) {
        for (int sent = 0; sent < 1_000 && !closed.future().isComplete(); sent++) {
            request(http, HttpMethod.GET, "/health/live").onSuccess(request -> {
                request.sendHead();
                request.reset(8);
            });
        }
    }

    @Test
    void readsABodyWithoutContentLength() {
        await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));
        assertThat(post("{\"title\": \"Pack\"}", true).status()).isEqualTo(201);
        assertThat(post("{\"title\": ", true).status()).isEqualTo(400);
        assertThat(post("", true).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyOverTheLimitAndGoesOn() {
        var large = "{\"title\": \"" + "x".repeat(BodyReader.LIMIT) + "\"}";
        assertThat(post(large, true).status()).isEqualTo(413);
        assertThat(post(large, false).status()).isEqualTo(413);
        assertThat(send(HttpMethod.GET, "/health/live").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatHttp1Refuses() {
        assertThat(send(HttpMethod.GET, "/health//live").status()).isEqualTo(400);
        assertThat(send(HttpMethod.GET, "/health/live%00").status()).isEqualTo(400);
        assertThat(send(HttpMethod.GET, "/api/v1/tasks").status()).isEqualTo(401);
        assertThat(send(HttpMethod.GET, "/metrics").status()).isEqualTo(404);
        assertThat(send(HttpMethod.GET, "/api/v1/tasks?x=" + "y".repeat(9_000)).status())
                .isEqualTo(414);
    }

    @Test
    void refusesAPathThatBeginsWithNoSlash() {
        assertThat(send(HttpMethod.CONNECT, "/health/live").status()).isEqualTo(400);
        assertThat(send(HttpMethod.GET, "http://elsewhere.example/health/live").status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.GET, "health/live").status()).isEqualTo(400);
    }

    @Test
    void sendsNoBodyForAHead() {
        for (var path : List.of("/tasks", "/openapi.yaml", "/api/v1/nowhere", "/health/live")) {
            var answer = send(HttpMethod.HEAD, path);
            assertThat(answer.body()).as(path).isEmpty();
            assertThat(answer.headers().get("x-request-id")).isNotEmpty();
        }
    }

    @Test
    void closesAConnectionAfterItsAnswerWhileItDrains() {
        var closed = Promise.<Void>promise();
        var http = newClient(connection -> connection.closeHandler(gone -> closed.tryComplete()));
        gateway.shared.drain();
        var answer = await(request(http, HttpMethod.GET, "/health/live")
                .compose(HttpClientRequest::send)
                .compose(ClearTextHttp2Test::read));
        assertThat(answer.status()).isEqualTo(200);
        await(closed.future());
    }

    @Test
    void refusesAnotherAuthority() {
        gateway.close();
        gateway = TestGateway.open(TestGateway.PROXIED);
        var answer = await(request(client, HttpMethod.GET, "/api/v1/tasks")
                .compose(request -> request.authority(HostAndPort.create("elsewhere.example", 80))
                        .send())
                .compose(ClearTextHttp2Test::read));
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void answersABodyThatDoesNotArrive() {
        gateway.close();
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
        var answer =
                await(request(client, HttpMethod.POST, "/api/v1/auth/login").compose(request -> {
                    request.putHeader("Content-Type", "application/json").setChunked(true);
                    request.write("{");
                    return request.response().compose(ClearTextHttp2Test::read);
                }));
        assertThat(answer.status()).isEqualTo(408);
    }

    @Test
    void answersInPlaceOfAModuleThatDoesNot() {
        gateway.close();
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
        await(gateway.bus.answer(
                Tasks.CREATE,
                create -> Promise.<io.parley.contracts.tasks.Task>promise().future()));
        assertThat(post("{\"title\": \"Pack\"}", false).status()).isEqualTo(504);
    }

    @Test
    void closesAConnectionWithoutRequests() throws IOException {
        gateway.close();
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
        // Until the server closes it.
        assertThat(gateway.sendRaw(PREFACE + "\0\0\0\4\0\0\0\0\0")).isNotEmpty();
        assertThat(gateway.sendRaw(PREFACE.substring(0, 10))).isEmpty();
    }

    // On a GOAWAY, the client of JDK 17 fails requests in progress.
    @Test
    void announcesItsStopOnlyAfterTheAnswersInProgress() {
        var events = new ConcurrentLinkedQueue<String>();
        var http = newClient(connection -> connection.goAwayHandler(goAway -> events.add("goaway")));
        var asked = Promise.<Void>promise();
        var answered = Promise.<io.parley.contracts.tasks.Task>promise();
        await(gateway.bus.answer(Tasks.CREATE, create -> {
            asked.complete();
            return answered.future();
        }));
        var answer = ada(request(http, HttpMethod.POST, "/api/v1/tasks"))
                .compose(request -> request.send("{\"title\": \"Pack\"}").compose(ClearTextHttp2Test::read))
                .onSuccess(read -> events.add("answer " + read.status()));
        await(asked.future());

        var stopped = gateway.undeploy();
        awaitClosingOfConnections();
        answered.complete(Fixtures.adasTask);
        await(answer);
        await(stopped);

        assertThat(events).containsExactly("answer 201", "goaway");
        assertThatThrownBy(() -> send(HttpMethod.GET, "/health/live")).isInstanceOf(AssertionError.class);
    }

    // Requests in HTTP/1.1 are then answered with Connection: close.
    private void awaitClosingOfConnections() {
        var jdk =
                java.net.http.HttpClient.newBuilder().version(Version.HTTP_1_1).build();
        var request = gateway.request("/health/live").build();
        Optional<String> connection;
        do {
            connection = jdk.sendAsync(request, BodyHandlers.discarding())
                    .join()
                    .headers()
                    .firstValue("Connection");
        } while (!connection.equals(Optional.of("close")));
    }

    @Test
    void answersOthersWhileALargeAnswerIsNotRead() {
        var http = vertx.createHttpClient(options().setHttp2ConnectionWindowSize(2 * 65_535));
        var large = await(unread(http, LARGE));

        var other = await(request(http, HttpMethod.GET, "/health/live")
                .compose(HttpClientRequest::send)
                .compose(ClearTextHttp2Test::read));
        assertThat(other.status()).isEqualTo(200);

        var body = large.body();
        large.resume();
        assertThat(await(body).toString()).isEqualTo(gateway.get(LARGE).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", LARGE})
    void endsAnAnswerThatIsNotReadAlthoughItsConnectionIsInUse(String path) {
        gateway.close();
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
        var http = vertx.createHttpClient(options().setInitialSettings(new Http2Settings().setInitialWindowSize(1)));
        var ended = Promise.<Throwable>promise();
        await(unread(http, path).onSuccess(response -> response.exceptionHandler(ended::tryComplete)));

        for (int sent = 0; sent < 20_000 && !ended.future().isComplete(); sent++)
            await(request(http, HttpMethod.HEAD, "/health/live").compose(HttpClientRequest::send));
        assertThat(await(ended.future())).isInstanceOf(StreamResetException.class);
    }

    @Test
    void letsASlowClientReadItsAnswerBeforeItStops() throws IOException {
        var windows = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAQAEAAA\r\n\r\n"
                + PREFACE + "\0\0\6\4\0\0\0\0\0\0\4\0\20\0\0" + "\0\0\4\10\0\0\0\0\0\0\20\0\0";
        var whole = gateway.get(LARGE).body().getBytes(StandardCharsets.UTF_8);
        try (var slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                var quiet = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            quiet.setSoTimeout(15);
            slow.setSoTimeout(10_000);
            slow.getOutputStream()
                    .write(("GET " + LARGE + " HTTP/1.1\r\n" + HOST + windows).getBytes(StandardCharsets.ISO_8859_1));
            var answer = new DataInputStream(slow.getInputStream());
            assertThat(answer.readNBytes(12))
                    .asString(StandardCharsets.ISO_8859_1)
                    .isEqualTo("HTTP/1.1 101");

            var stopped = gateway.undeploy();
            assertThat(readSlowly(answer, slow.getOutputStream(), quiet.getInputStream()))
                    .isEqualTo(whole.length);
            slow.shutdownOutput();
            await(stopped);
        }
    }

    // Returns how many bytes of the body arrive. Sends a ping after each piece.
    private static int readSlowly(DataInputStream answer, OutputStream client, InputStream quiet) throws IOException {
        for (int last = 0; last != 0x0d0a0d0a; ) last = last << 8 | answer.readUnsignedByte();
        int received = 0;
        while (true) {
            int length = answer.readUnsignedShort() << 8 | answer.readUnsignedByte();
            int type = answer.readUnsignedByte();
            int flags = answer.readUnsignedByte();
            answer.readInt();
            for (int left = length; left > 0; left -= 4096) {
                answer.readFully(new byte[Math.min(4096, left)]);
                client.write("\0\0\10\6\0\0\0\0\00012345678".getBytes(StandardCharsets.ISO_8859_1));
                assertThatThrownBy(quiet::read).isInstanceOf(SocketTimeoutException.class);
            }
            if (type != DATA) continue;
            received += length;
            if ((flags & END_STREAM) != 0) return received;
        }
    }

    @Test
    void answersManyRequestsOfOneConnection() {
        var answers = new ArrayList<Future<Answer>>();
        for (int number = 0; number < 100; number++)
            answers.add(request(client, HttpMethod.GET, "/health/live")
                    .compose(HttpClientRequest::send)
                    .compose(ClearTextHttp2Test::read));
        await(Future.all(answers));
        assertThat(answers).allMatch(answer -> answer.result().status() == 200);
    }

    private Answer post(String body, boolean isChunked) {
        return await(ada(request(client, HttpMethod.POST, "/api/v1/tasks")).compose(request -> {
            if (isChunked) request.setChunked(true);
            else request.putHeader("Content-Length", String.valueOf(body.length()));
            request.end(Buffer.buffer(body));
            return request.response().compose(ClearTextHttp2Test::read);
        }));
    }

    private Answer send(HttpMethod method, String path) {
        return await(
                request(client, method, path).compose(HttpClientRequest::send).compose(ClearTextHttp2Test::read));
    }

    private Future<HttpClientRequest> request(HttpClient http, HttpMethod method, String path) {
        return http.request(new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI(path));
    }

    private Future<HttpClientResponse> unread(HttpClient http, String path) {
        return request(http, HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::pause);
    }

    private static Future<HttpClientRequest> ada(Future<HttpClientRequest> request) {
        return request.map(each -> each.putHeader("Authorization", "Bearer " + Fixtures.token(Fixtures.adasClaims()))
                .putHeader("Content-Type", "application/json"));
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body()
                .map(body ->
                        new Answer(response.statusCode(), response.version(), response.headers(), body.toString()));
    }
}

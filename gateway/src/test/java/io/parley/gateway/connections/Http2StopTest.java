package io.parley.gateway.connections;

import static io.parley.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.Http2Client;
import io.parley.gateway.TestGateway;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2StopTest {
    /** Type and flag in the head of a frame. */
    private static final int DATA = 0;

    private static final int END_STREAM = 1;

    private final TestGateway gateway = TestGateway.open();
    private final Http2Client client = new Http2Client(gateway);

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void closesAConnectionAfterItsAnswerWhileItDrains() {
        var closed = Promise.<Void>promise();
        var http = client.connect(connection -> connection.closeHandler(gone -> closed.tryComplete()));
        gateway.shared.drain();
        var answer = client.send(http, HttpMethod.GET, "/health/live");
        assertThat(answer.status()).isEqualTo(200);
        await(closed.future());
    }

    // On a GOAWAY, the client of JDK 17 fails requests in progress.
    @Test
    void announcesItsStopOnlyAfterTheAnswersInProgress() {
        var events = new ConcurrentLinkedQueue<String>();
        var http = client.connect(connection -> connection.goAwayHandler(goAway -> events.add("goaway")));
        var asked = Promise.<Void>promise();
        var answered = Promise.<Task>promise();
        await(gateway.bus.answer(Tasks.CREATE, create -> {
            asked.complete();
            return answered.future();
        }));
        var answer = client.exchange(
                        http,
                        HttpMethod.POST,
                        "/api/v1/tasks",
                        request -> Http2Client.asAda(request)
                                .send("{\"title\": \"Pack\"}")
                                .compose(Http2Client::read))
                .onSuccess(read -> events.add("answer " + read.status()));
        await(asked.future());

        var stopped = gateway.undeploy();
        awaitClosingOfConnections();
        answered.complete(Fixtures.adasTask);
        await(answer);
        await(stopped);

        assertThat(events).containsExactly("answer 201", "goaway");
        assertThatThrownBy(() -> client.send(HttpMethod.GET, "/health/live")).isInstanceOf(AssertionError.class);
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
    void letsASlowClientReadItsAnswerBeforeItStops() throws IOException {
        var windows = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAQAEAAA\r\n\r\n"
                + Http2Client.PREFACE + "\0\0\6\4\0\0\0\0\0\0\4\0\20\0\0" + "\0\0\4\10\0\0\0\0\0\0\20\0\0";
        var whole = gateway.get(Http2Client.LARGE).body().getBytes(StandardCharsets.UTF_8);
        try (var slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                var quiet = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            quiet.setSoTimeout(15);
            slow.setSoTimeout(10_000);
            slow.getOutputStream()
                    .write(("GET " + Http2Client.LARGE + " HTTP/1.1\r\n" + "Host: parley\r\n" + windows)
                            .getBytes(StandardCharsets.ISO_8859_1));
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
}

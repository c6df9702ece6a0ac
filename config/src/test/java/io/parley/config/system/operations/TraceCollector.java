package io.parley.config.system.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import io.parley.config.system.client.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Keeps what is sent with OTLP over HTTP, as the bytes of its protocol buffers: names in them can be read as text. */
final class TraceCollector implements AutoCloseable {
    private final StringBuffer received = new StringBuffer();
    private final HttpServer server;

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/v1/traces", exchange -> {
            var isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            received.append(new String((isZipped ? new GZIPInputStream(body) : body).readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Waits until this text has arrived. */
    void await(String text) {
        var deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!received.toString().contains(text)) {
            if (Instant.now().isAfter(deadline)) throw new AssertionError("not received: " + text);
            Pause.briefly();
        }
    }

    /** How often these bytes have arrived. */
    int count(String hex) {
        var bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        return received.toString().split(Pattern.quote(bytes), -1).length - 1;
    }

    String text() {
        return received.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.parley.config.system.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A TCP connection that can send anything, valid HTTP or not. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int DRIP_MILLIS = 200;

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    public RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
    }

    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads until the server closes the connection; fails if it does not. */
    public String readAll() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        while (read()) {}
        return received.toString();
    }

    /** Reads up to and including this text. */
    public String readUntil(String end) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        while (received.indexOf(end) < 0 && read()) {}
        return received.toString();
    }

    /** Sends this text repeatedly, one character at a time, until the server closes the connection. */
    public Duration drip(String text) throws IOException {
        var start = Instant.now();
        socket.setSoTimeout(DRIP_MILLIS);
        for (int at = 0; elapsed(start).toMillis() < PATIENCE_MILLIS; at++) {
            try {
                send(text.substring(at % text.length(), at % text.length() + 1));
                if (!read()) return elapsed(start);
            } catch (SocketTimeoutException stillOpen) {
                // Send the next character.
            } catch (SocketException closed) {
                return elapsed(start);
            }
        }
        throw new AssertionError("still open after " + elapsed(start));
    }

    private boolean read() throws IOException {
        int octet = socket.getInputStream().read();
        if (octet >= 0) received.append((char) octet);
        return octet >= 0;
    }

    private static Duration elapsed(Instant start) {
        return Duration.between(start, Instant.now());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

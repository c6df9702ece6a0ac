package io.parley.gateway.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of server-sent events that reads one event at a time. */
public final class EventLines implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    /** Sends the request as Ada, and reads the head of the answer. */
    public EventLines(TestGateway gateway, String requestLine, String header, String body) throws IOException {
        this(gateway, Fixtures.token(Fixtures.adasClaims()), requestLine, header, body);
    }

    public EventLines(TestGateway gateway, String token, String requestLine, String header, String body)
            throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write((requestLine + " HTTP/1.1\r\nHost: parley\r\nAuthorization: Bearer " + token + "\r\n" + header
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.ISO_8859_1));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); !line.isEmpty(); line = lines.readLine())
            if (line.startsWith("HTTP/")) assertThat(line).contains(" 200 ");
    }

    /** The lines of the next event, without chunk sizes. */
    public List<String> next() throws IOException {
        var event = new ArrayList<String>();
        while (true) {
            var line = lines.readLine();
            if (line.startsWith("id: ") || line.startsWith("event: ")) event.add(line);
            if (line.startsWith("data: ")) {
                event.add(line);
                return event;
            }
        }
    }

    /** The next id that is sent without an event. */
    public String position() throws IOException {
        while (true) {
            var line = lines.readLine();
            if (line.startsWith("id: ")) return line.substring("id: ".length());
        }
    }

    public String rest() throws IOException {
        var rest = new StringBuilder();
        for (var line = lines.readLine(); !line.equals("0"); line = lines.readLine()) rest.append(line);
        return rest + "0";
    }

    /** Reads until the server closes the connection, and returns the number of characters. */
    public long countUntilClosed() throws IOException {
        long read = 0;
        var buffer = new char[64 * 1024];
        try {
            for (int more = lines.read(buffer); more >= 0 && read < Integer.MAX_VALUE; more = lines.read(buffer))
                read += more;
        } catch (SocketException reset) {
            // Closed too.
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed request ends its own stream with an error, and no other one of its connection (RFC 9113, 8.1.1). */
class MalformedHttp2Test {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** Indices of HPACK's static table (RFC 7541, appendix A). */
    private static final int AUTHORITY = 1;

    private static final int METHOD = 2;
    private static final int PATH = 4;
    private static final int HTTP = 6;
    private static final int CONTENT_LENGTH = 28;
    private static final int CONTENT_TYPE = 31;

    private TestGateway gateway;

    private record Frame(int type, int stream, int firstNumber) {}

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GE T", "", "GET\t", "G@T", "\u00c4"})
    void endsTheStreamOfAMethodThatIsNone(String method) throws IOException {
        var frames = exchange(frame(HEADERS, END_STREAM | END_HEADERS, 1, head(method, "/health/live")));

        assertThat(frames).contains(new Frame(RST_STREAM, 1, 1));
        assertThat(frames).noneMatch(frame -> frame.type() == HEADERS && frame.stream() == 1);
    }

    @Test
    void endsTheStreamOfABodyThatIsLongerThanAnnounced() throws IOException {
        assertThat(exchange(login(), frame(DATA, 0, 1, "{\"email\"".getBytes(StandardCharsets.ISO_8859_1))))
                .contains(new Frame(RST_STREAM, 1, 1));
    }

    @Test
    void endsTheStreamOfABodyThatIsShorterThanAnnounced() throws IOException {
        assertThat(exchange(login(), frame(DATA, END_STREAM, 1, "{".getBytes(StandardCharsets.ISO_8859_1))))
                .contains(new Frame(RST_STREAM, 1, 1));
    }

    private static byte[] login() throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(head("POST", "/api/v1/auth/login"));
        head.write(field(CONTENT_TYPE, "application/json"));
        head.write(field(CONTENT_LENGTH, "5"));
        return frame(HEADERS, END_HEADERS, 1, head.toByteArray());
    }

    /** Sends these frames and then a request in stream 3; returns what comes until that one is answered. */
    private List<Frame> exchange(byte[]... sent) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.write(frame(SETTINGS, 0, 0, new byte[0]));
            for (var each : sent) out.write(each);
            out.write(frame(HEADERS, END_STREAM | END_HEADERS, 3, head("GET", "/health/live")));
            return readToAnswer(new DataInputStream(socket.getInputStream()));
        }
    }

    private static List<Frame> readToAnswer(DataInputStream in) throws IOException {
        var frames = new ArrayList<Frame>();
        while (true) {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int stream = in.readInt();
            var payload = in.readNBytes(length);
            frames.add(new Frame(type, stream, type == RST_STREAM ? payload[3] : 0));
            if (type == HEADERS && stream == 3) return frames;
        }
    }

    private static byte[] head(String method, String path) throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(field(METHOD, method));
        head.write(0x80 | HTTP);
        head.write(field(PATH, path));
        head.write(field(AUTHORITY, "parley"));
        return head.toByteArray();
    }

    // A literal that is not indexed (RFC 7541, 6.2.2); an index of 15 or more goes on in the next byte.
    private static byte[] field(int index, String value) throws IOException {
        var field = new ByteArrayOutputStream();
        field.write(Math.min(index, 15));
        if (index >= 15) field.write(index - 15);
        field.write(value.length());
        field.write(value.getBytes(StandardCharsets.ISO_8859_1));
        return field.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags, 0, 0, 0, (byte) stream});
        frame.write(payload);
        return frame.toByteArray();
    }
}

package io.parley.kernel.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;

/** The binary form between nodes: Smile, each part preceded by its length in bytes. */
final class WireFormat {
    static ObjectMapper mapper() {
        return SmileMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }

    static void append(Buffer wire, byte[] part) {
        wire.appendInt(part.length).appendBytes(part);
    }

    static byte[] read(Buffer wire, int at) {
        int start = at + Integer.BYTES;
        return wire.getBytes(start, start + wire.getInt(at));
    }

    private WireFormat() {}
}

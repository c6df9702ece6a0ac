package io.parley.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Passes records by reference inside the process and encodes them as type name and Smile between nodes. */
public final class RecordCodec implements MessageCodec<Record, Record> {
    public static final String NAME = "record";

    private static final ObjectMapper smile = WireFormat.mapper();

    private final boolean alwaysEncoded;

    /** @param alwaysEncoded whether messages are encoded inside this process as well */
    public RecordCodec(boolean alwaysEncoded) {
        this.alwaysEncoded = alwaysEncoded;
    }

    @Override
    public Record transform(Record body) {
        if (!alwaysEncoded) return body;
        var wire = Buffer.buffer();
        encodeToWire(wire, body);
        return decodeFromWire(0, wire);
    }

    @Override
    public void encodeToWire(Buffer wire, Record body) {
        try {
            WireFormat.append(wire, RecordType.name(body).getBytes(UTF_8));
            WireFormat.append(wire, smile.writeValueAsBytes(body));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Record decodeFromWire(int at, Buffer wire) {
        try {
            byte[] name = WireFormat.read(wire, at);
            JavaType type = RecordType.named(new String(name, UTF_8), smile.getTypeFactory());
            return smile.readValue(WireFormat.read(wire, at + Integer.BYTES + name.length), type);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}

package io.parley.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Json;
import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
    private final RecordCodec codec = new RecordCodec(false);

    @Test
    void passesRecordsByReferenceInsideTheProcess() {
        var secret = new Secret("hush");

        assertThat(codec.transform(secret)).isSameAs(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Runtime",
                "io.parley.kernel.Ids",
                "io.parley.kernel.Missing",
                "io.vertx.core.json.JsonObject"
            })
    void readsOnlyRecordsOfParley(String type) {
        var wire = Buffer.buffer();
        WireFormat.append(wire, type.getBytes(UTF_8));
        WireFormat.append(wire, new byte[0]);

        assertThatThrownBy(() -> codec.decodeFromWire(0, wire)).hasMessageContaining("not a record of Parley");
    }

    @Test
    void readsFromTheMiddleOfABuffer() {
        var wire = Buffer.buffer("before");
        codec.encodeToWire(wire, new Json("{}"));
        wire.appendString("behind");

        assertThat(codec.decodeFromWire(6, wire)).isEqualTo(new Json("{}"));
    }
}

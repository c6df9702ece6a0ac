package io.parley.testing.signin;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes maps whose names are numbers, as in COSE, which a mapper would write as texts. */
final class CborKeys {
    private static final CBORFactory factory = new CBORFactory();

    /** @param map numbers to numbers or bytes */
    static byte[] written(Map<Integer, Object> map) {
        var bytes = new ByteArrayOutputStream();
        try (CBORGenerator cbor = factory.createGenerator(bytes)) {
            cbor.writeStartObject(map.size());
            for (var entry : map.entrySet()) {
                cbor.writeFieldId(entry.getKey());
                if (entry.getValue() instanceof byte[] binary) cbor.writeBinary(binary);
                else cbor.writeNumber((Integer) entry.getValue());
            }
            cbor.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private CborKeys() {}
}

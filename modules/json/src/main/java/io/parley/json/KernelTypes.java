package io.parley.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.OpaqueCursor;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.parley.kernel.time.DayOrTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** How the types of the kernel are written and read as JSON. */
final class KernelTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    KernelTypes() {
        addSerializer(writer(Instant.class, (time, json) -> json.writeString(Times.text(time))));
        addSerializer(writer(DayOrTime.class, (due, json) -> json.writeString(Times.text(due))));
        addSerializer(writer(OpaqueCursor.class, (cursor, json) -> json.writeString(cursor.text())));
        addSerializer(writer(Json.class, (free, json) -> json.writeRawValue(free.text())));
        addSerializer(writer(Scope.class, (scope, json) -> json.writeString(scope.text())));
        addSerializer(writer(Secret.class, (secret, json) -> {
            throw new JsonMappingException(json, "a secret must not be written as JSON");
        }));
        addDeserializer(Instant.class, reader(Instant.class, Times::parse));
        addDeserializer(DayOrTime.class, reader(DayOrTime.class, Times::parseDayOrTime));
        addDeserializer(UUID.class, reader(UUID.class, Ids::parse));
        addDeserializer(Scope.class, reader(Scope.class, Scope::of));
        addDeserializer(Secret.class, reader(Secret.class, text -> Optional.of(new Secret(text))));
        addDeserializer(Json.class, new FreeFormJsonReader());
        addDeserializer(Patch.class, new PatchReader());
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    private static <T> StdScalarSerializer<T> writer(Class<T> type, Writing<T> writing) {
        return new StdScalarSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                writing.write(value, json);
            }
        };
    }

    private static <T> StdScalarDeserializer<T> reader(Class<T> type, Function<String, Optional<T>> reading) {
        return new StdScalarDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                var text = json.getText();
                var value = reading.apply(text);
                if (value.isEmpty()) throw context.weirdStringException("", type, "is not a valid value");
                return value.get();
            }
        };
    }

    private static final class FreeFormJsonReader extends StdScalarDeserializer<Json> {
        private static final long serialVersionUID = 1L;

        // PostgreSQL returns 1e300 as 301 digits, so the size limit must count them. A text that is too large
        // already is not expanded: a megabyte of such numbers would become 100 MB.
        private static final ObjectWriter withoutExponents = JsonMapper.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build()
                .writer();

        FreeFormJsonReader() {
            super(Json.class);
        }

        @Override
        public Json deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode tree = context.readTree(json);
            var text = tree.toString();
            return new Json(text.length() > Json.MAX_BYTES ? text : withoutExponents.writeValueAsString(tree));
        }
    }
}

package io.parley.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.parley.kernel.Patch;
import java.io.IOException;

/** Distinguishes a member that is absent from one that is null (JSON Merge Patch, RFC 7396). */
final class PatchReader extends JsonDeserializer<Patch<?>> implements ContextualDeserializer {
    private final JavaType value;

    PatchReader() {
        this(TypeFactory.unknownType());
    }

    private PatchReader(JavaType value) {
        this.value = value;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new PatchReader(context.getContextualType().containedTypeOrUnknown(0));
    }

    @Override
    public Patch<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return Patch.to(context.readValue(json, value));
    }

    @Override
    public Patch<?> getNullValue(DeserializationContext context) {
        return Patch.to(null);
    }

    @Override
    public Patch<?> getAbsentValue(DeserializationContext context) {
        return Patch.absent();
    }
}

package io.parley.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.parley.kernel.Problem;
import io.parley.kernel.time.DayOrTime;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes records as JSON and reads them back in the spelling of the API: names in snake_case, enumerations in lower
 * case, nulls included.
 */
public final class JsonForm {
    private static final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, JsonForm::strictly)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            // else as two escapes, in three times the bytes
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new KernelTypes())
            .addHandler(new HyphenatedWords())
            .build();

    // A writer looks up its serializer once, not for every response.
    private static final ClassValue<ObjectWriter> writers = new ClassValue<>() {
        @Override
        protected ObjectWriter computeValue(Class<?> type) {
            return mapper.writerFor(type);
        }
    };

    public static Buffer write(Record body) {
        try {
            return Buffer.buffer(writers.get(body.getClass()).writeValueAsBytes(body));
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Writes only the id and these fields of a resource, or of each item of a list.
     *
     * @param body has {@code items} if it is a list
     */
    public static Buffer write(Record body, Collection<String> fields) {
        var bytes = new ByteArrayOutputStream();
        try (var json = new FilteringGeneratorDelegate(
                mapper.createGenerator(bytes), ChosenFields.of(fields), Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            writers.get(body.getClass()).writeValue(json, body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** Fails invalid, pointing at the first field that the record does not have or whose value does not fit. */
    public static <T extends Record> T bind(JsonNode body, Class<T> type) {
        try {
            return mapper.treeToValue(body, type);
        } catch (JsonMappingException failure) {
            if (failure.getCause() instanceof Problem problem) throw problem;
            throw Problem.invalid(pointer(failure), detail(failure));
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String detail(JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException) return "is not a recognised field";
        if (!(failure instanceof InvalidFormatException mistyped)) return "has an invalid value";
        if (mistyped.getTargetType() == DayOrTime.class) return Times.DAY_EXPECTATION;
        return mistyped.getTargetType() == Instant.class ? Times.EXPECTATION : "has an invalid value";
    }

    private static void strictly(MutableCoercionConfig text) {
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean))
            text.setCoercion(shape, CoercionAction.Fail);
    }

    private static String pointer(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> '/'
                        + (step.getFieldName() == null ? "" + step.getIndex() : Pointers.token(step.getFieldName())))
                .collect(Collectors.joining());
    }

    private JsonForm() {}
}

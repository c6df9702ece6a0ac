package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Times;
import io.parley.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One query parameter, with a reader made from its schema once: hot reads validate nothing at run time but values. */
final class Parameter {
    private final String name;
    private final boolean required;
    private final Optional<Object> fallback;
    private final Function<String, Optional<?>> reader;
    private final String expectation;

    Parameter(String name, boolean required, JsonNode schema) {
        this.name = name;
        this.required = required;
        var type = schema.path("type").asText();
        if (schema.has("enum")) {
            var words = words(schema.path("enum"));
            reader = text -> Optional.of(text).filter(words::contains);
            expectation = "must be one of " + String.join(", ", words);
        } else if (type.equals("integer")) {
            long least = schema.path("minimum").asLong(Integer.MIN_VALUE);
            long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
            reader = text -> integer(text).filter(value -> value >= least && value <= most);
            expectation = "must be an integer from " + least + " to " + most;
        } else if (type.equals("boolean")) {
            reader = text ->
                    Optional.of(text).filter(List.of("true", "false")::contains).map(Boolean::valueOf);
            expectation = "must be true or false";
        } else if (schema.path("format").asText().equals("uuid")) {
            reader = Ids::parse;
            expectation = "must be a UUID";
        } else if (schema.path("format").asText().equals("date-time")) {
            reader = Times::parse;
            expectation = Times.EXPECTATION;
        } else {
            int least = schema.path("minLength").asInt(0);
            int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
            reader = text -> Optional.of(text).filter(value -> isWithin(least, most, value));
            expectation = "must be " + least + " to " + most + " characters long, none of them NUL";
        }
        fallback = schema.has("default")
                ? reader.apply(schema.path("default").asText()).map(Object.class::cast)
                : Optional.empty();
    }

    String name() {
        return name;
    }

    /** Whether the query must name it. */
    boolean isRequired() {
        return required;
    }

    /** What holds where the query does not name the parameter. */
    Optional<Object> fallback() {
        return fallback;
    }

    Optional<?> parse(String text) {
        return reader.apply(text);
    }

    /** What a text must be for {@link #parse} to find a value in it. */
    String expectation() {
        return expectation;
    }

    private static List<String> words(JsonNode enumeration) {
        List<String> words = new ArrayList<>();
        enumeration.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Optional<Integer> integer(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean isWithin(int least, int most, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= least && length <= most && text.indexOf(0) < 0;
    }
}

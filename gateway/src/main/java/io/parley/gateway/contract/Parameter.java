package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Times;
import io.parley.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One query parameter. Its schema is compiled to a parser when the contract is read, which keeps requests fast. */
final class Parameter {
    private final String name;
    private final boolean required;
    private final Optional<Object> defaultValue;
    private final Function<String, Optional<?>> parser;
    private final String rule;

    Parameter(String name, boolean required, JsonNode schema) {
        this.name = name;
        this.required = required;
        var type = schema.path("type").asText();
        if (schema.has("enum")) {
            var words = words(schema.path("enum"));
            parser = text -> Optional.of(text).filter(words::contains);
            rule = "must be one of " + String.join(", ", words);
        } else if (type.equals("integer")) {
            long minimum = schema.path("minimum").asLong(Integer.MIN_VALUE);
            long maximum = schema.path("maximum").asLong(Integer.MAX_VALUE);
            parser = text -> integer(text).filter(value -> value >= minimum && value <= maximum);
            rule = "must be an integer from " + minimum + " to " + maximum;
        } else if (type.equals("boolean")) {
            parser = text ->
                    Optional.of(text).filter(List.of("true", "false")::contains).map(Boolean::valueOf);
            rule = "must be true or false";
        } else if (schema.path("format").asText().equals("uuid")) {
            parser = Ids::parse;
            rule = "must be a UUID";
        } else if (schema.path("format").asText().equals("date-time")) {
            parser = Times::parse;
            rule = Times.EXPECTATION;
        } else {
            int minLength = schema.path("minLength").asInt(0);
            int maxLength = schema.path("maxLength").asInt(Integer.MAX_VALUE);
            parser = text -> Optional.of(text).filter(value -> hasLength(minLength, maxLength, value));
            rule = "must be " + minLength + " to " + maxLength + " characters long and must not contain NUL";
        }
        defaultValue = schema.has("default")
                ? parser.apply(schema.path("default").asText()).map(Object.class::cast)
                : Optional.empty();
    }

    String name() {
        return name;
    }

    /** Whether the query must contain it. */
    boolean isRequired() {
        return required;
    }

    /** The value if the query does not contain it. */
    Optional<Object> defaultValue() {
        return defaultValue;
    }

    /** Empty if the text breaks the {@link #rule}. */
    Optional<?> parse(String text) {
        return parser.apply(text);
    }

    /** What {@link #parse} accepts, in words for the caller. */
    String rule() {
        return rule;
    }

    private static List<String> words(JsonNode enumeration) {
        List<String> words = new ArrayList<>();
        enumeration.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Optional<Integer> integer(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean hasLength(int minLength, int maxLength, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= minLength && length <= maxLength && text.indexOf(0) < 0;
    }
}

package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Times;
import io.parley.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One query parameter. Its schema is compiled to a parser when the contract is read, which keeps requests fast. */
final class Parameter {
    private final String name;
    private final boolean required;
    private final Optional<Object> defaultValue;
    private final Function<String, Optional<?>> parser;
    private final String rule;
    private final boolean isRepeatable;

    /**
     * @param schema of the value; that of an array also has the schema of its items, without references
     * @param isExploded whether the parameter is repeated for each item of an array, and not a list with commas
     */
    Parameter(String name, boolean required, JsonNode schema, boolean isExploded) {
        this.name = name;
        this.required = required;
        this.isRepeatable = schema.path("type").asText().equals("array") && isExploded;
        var type = schema.path("type").asText();
        if (type.equals("array")) {
            var item = new Parameter(name, false, schema.path("items"), false);
            int maxItems = schema.path("maxItems").asInt(Integer.MAX_VALUE);
            parser = text -> items(item, isExploded ? List.of(text) : List.of(text.split(",", -1)), maxItems);
            rule = item.rule + (isExploded ? "" : ", or several of these with commas between them");
        } else if (schema.has("enum")) {
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
            var pattern = schema.has("pattern")
                    ? Pattern.compile(schema.path("pattern").asText()).asPredicate()
                    : (Predicate<String>) text -> true;
            int minLength = schema.path("minLength").asInt(0);
            int maxLength = schema.path("maxLength").asInt(Integer.MAX_VALUE);
            parser = text -> Optional.of(text)
                    .filter(value -> hasLength(minLength, maxLength, value))
                    .filter(pattern);
            rule = schema.has("pattern")
                    ? "must be like " + String.join(" or ", words(schema.path("examples")))
                    : "must be " + minLength + " to " + maxLength + " characters long and must not contain NUL";
        }
        defaultValue = schema.has("default")
                ? parser.apply(schema.path("default").asText()).map(Object.class::cast)
                : Optional.empty();
    }

    String name() {
        return name;
    }

    /** Whether the query may contain it several times; each time it has one item of a list. */
    boolean isRepeatable() {
        return isRepeatable;
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

    private static Optional<List<Object>> items(Parameter item, List<String> texts, int maxItems) {
        if (texts.size() > maxItems) return Optional.empty();
        var items = texts.stream().map(item::parse).toList();
        return items.stream().allMatch(Optional::isPresent)
                ? Optional.of(items.stream().<Object>map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    private static Optional<Integer> integer(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean hasLength(int minLength, int maxLength, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= minLength && length <= maxLength && text.indexOf(0) < 0;
    }
}

package io.parley.assistant.models;

import com.fasterxml.jackson.databind.JsonNode;

/** What a provider writes, without what PostgreSQL cannot keep: NUL and halves of characters. */
public final class StorableText {
    private static final int REPLACEMENT = 0xFFFD;

    /** The empty string where there is no text. */
    public static String in(JsonNode value) {
        var text = value.isTextual() ? value.textValue() : "";
        return text.codePoints().allMatch(StorableText::storable) ? text : replaced(text);
    }

    private static String replaced(String text) {
        return text.codePoints()
                .map(point -> storable(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean storable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }

    private StorableText() {}
}

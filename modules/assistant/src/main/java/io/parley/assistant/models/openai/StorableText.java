package io.parley.assistant.models.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** A provider's text without what PostgreSQL cannot store: NUL and unpaired surrogates become U+FFFD. */
final class StorableText {
    private static final int REPLACEMENT = 0xFFFD;

    /** Empty if the value is not a string. */
    static String of(JsonNode value) {
        var text = value.isTextual() ? value.textValue() : "";
        return text.codePoints().allMatch(StorableText::isStorable) ? text : replaced(text);
    }

    private static String replaced(String text) {
        return text.codePoints()
                .map(point -> isStorable(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }

    private StorableText() {}
}

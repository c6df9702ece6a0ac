package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A provider's text without what PostgreSQL cannot store: NUL and unpaired surrogates become U+FFFD. A pair whose halves come
 * in two pieces is put together.
 */
final class StorableText {
    private static final int REPLACEMENT = 0xFFFD;

    private String half = "";

    /** The text of this piece, without a first half at its end and with the one before it. */
    String next(String piece) {
        if (piece.isEmpty()) return "";
        var text = half + piece;
        boolean isCut = Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = isCut ? text.substring(text.length() - 1) : "";
        return storable(isCut ? text.substring(0, text.length() - 1) : text);
    }

    /** What is left when no further piece comes. */
    String rest() {
        var rest = storable(half);
        half = "";
        return rest;
    }

    /** Empty if the value is not a string. */
    static String of(JsonNode value) {
        return value.isTextual() ? storable(value.textValue()) : "";
    }

    /** At most so many code points of it. */
    static String cut(String text, int maxCharacters) {
        return text.length() <= maxCharacters || text.codePointCount(0, text.length()) <= maxCharacters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxCharacters));
    }

    /** The text with U+FFFD in place of what cannot be stored. */
    static String storable(String text) {
        if (text.codePoints().allMatch(StorableText::isStorable)) return text;
        return text.codePoints()
                .map(point -> isStorable(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}

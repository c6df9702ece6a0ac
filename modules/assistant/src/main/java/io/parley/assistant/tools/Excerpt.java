package io.parley.assistant.tools;

/** Shortens texts, because models are paid by the token. */
final class Excerpt {
    /** The whole text, or its first {@code limit} characters (Unicode code points) and an ellipsis. */
    static String of(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + '…';
    }

    private Excerpt() {}
}

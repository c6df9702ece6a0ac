package io.parley.assistant.tools;

/** The beginning of a text that would cost a model too much to read. */
final class Excerpt {
    /** All of it, or so many characters (Unicode code points) and an ellipsis. */
    static String of(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + '…';
    }

    private Excerpt() {}
}

package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * JSON text that may be malformed.
 *
 * @param hopeless whether it must be refused in every field
 */
record RawJson(String name, String text, boolean hopeless) {
    // Private-use characters that stand for bytes that are no UTF-8 until the text is encoded.
    static final String NO_UTF8 = "\uE000";
    static final String ENCODED_SURROGATE = "\uE001";
    static final String OVERLONG_NUL = "\uE002";

    static RawJson perhaps(String name, String text) {
        return new RawJson(name, text, false);
    }

    static RawJson never(String name, String text) {
        return new RawJson(name, text, true);
    }

    static byte[] encoded(String text) {
        if (!text.contains(NO_UTF8) && !text.contains(ENCODED_SURROGATE) && !text.contains(OVERLONG_NUL))
            return text.getBytes(UTF_8);
        return new String(text.getBytes(UTF_8), ISO_8859_1)
                .replace("\u00EE\u0080\u0080", "\u00FF")
                .replace("\u00EE\u0080\u0081", "\u00ED\u00A0\u0080")
                .replace("\u00EE\u0080\u0082", "\u00C0\u0080")
                .getBytes(ISO_8859_1);
    }
}

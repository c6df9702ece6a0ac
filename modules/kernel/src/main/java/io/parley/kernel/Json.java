package io.parley.kernel;

import java.nio.charset.StandardCharsets;

/**
 * The caller's own free-form JSON (metadata, tool calls), kept as text from the request body to the row and back, so
 * that no number loses digits on the way and nothing is parsed that nobody here reads.
 *
 * @param text one JSON value, already known to be well-formed
 */
public record Json(String text) {
    /** The largest value that is stored, in UTF-8 and without insignificant white space. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final Json EMPTY_OBJECT = new Json("{}");

    /** The size in UTF-8, which is what limits are counted in. */
    public int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

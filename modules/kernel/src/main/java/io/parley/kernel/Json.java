package io.parley.kernel;

import java.nio.charset.StandardCharsets;

/**
 * Free-form JSON of the caller (metadata, tool calls). It stays text from the request body to the row and back, so that
 * no number loses digits and nothing is parsed without need.
 *
 * @param text one JSON value, already known to be well-formed
 */
public record Json(String text) {
    /** The largest value that is stored, in UTF-8 and without insignificant white space. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final Json EMPTY_OBJECT = new Json("{}");

    /** The size in UTF-8, in which limits are counted. */
    public int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.parley.contracts;

import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Maximum sizes of stored values. They apply to every way in: the API, imports and the assistant. */
public final class Limits {
    /** Characters (Unicode code points). */
    public static final int TITLE = 255;

    /** Characters (Unicode code points). */
    public static final int DESCRIPTION = 20_000;

    /** Characters (Unicode code points) of a message's content. */
    public static final int CONTENT = 200_000;

    /** Characters (Unicode code points) of instructions to a model. */
    public static final int INSTRUCTIONS = 20_000;

    /** Characters (Unicode code points) of a provider's name. */
    public static final int PROVIDER = 255;

    /** Characters (Unicode code points) of a model's name. */
    public static final int MODEL = 255;

    /** Bytes in UTF-8 of one free-form JSON value (metadata, tool calls, tool results), without insignificant white space. */
    public static final int JSON_BYTES = Json.MAX_BYTES;

    /** Fails invalid, pointing at the field, if the text has more than {@code limit} code points. */
    public static void checkText(String pointer, @Nullable String text, int limit) {
        if (text != null && text.length() > limit && text.codePointCount(0, text.length()) > limit)
            throw Problem.invalid(pointer, "must be at most " + limit + " characters long");
    }

    /** Fails invalid, pointing at the field, if the JSON is larger than {@link #JSON_BYTES}. */
    public static void checkJson(String pointer, @Nullable Json json) {
        if (json != null && json.bytes() > JSON_BYTES)
            throw Problem.invalid(pointer, "must not be larger than " + JSON_BYTES + " bytes");
    }

    private Limits() {}
}

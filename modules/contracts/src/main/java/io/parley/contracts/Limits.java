package io.parley.contracts;

import io.parley.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** How long texts may be, in characters (Unicode code points), whoever brings them in. */
public final class Limits {
    public static final int TITLE = 255;
    public static final int DESCRIPTION = 20_000;
    public static final int CONTENT = 200_000;
    public static final int MODEL = 255;

    /** Fails invalid, pointing at the field, where the text is longer. */
    public static void check(String pointer, @Nullable String text, int limit) {
        if (text != null && text.length() > limit && text.codePointCount(0, text.length()) > limit)
            throw Problem.invalid(pointer, "must be at most " + limit + " characters long");
    }

    private Limits() {}
}

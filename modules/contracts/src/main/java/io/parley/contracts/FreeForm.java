package io.parley.contracts;

import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** The limit of the caller's own free-form JSON, whose form nothing else bounds. */
public final class FreeForm {
    /** In UTF-8, after white space is taken out. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Fails invalid, pointing at the field, where the JSON is larger than {@link #MAX_BYTES}. */
    public static void check(String pointer, @Nullable Json json) {
        if (json != null && json.bytes() > MAX_BYTES)
            throw Problem.invalid(pointer, "must not be larger than " + MAX_BYTES + " bytes");
    }

    private FreeForm() {}
}

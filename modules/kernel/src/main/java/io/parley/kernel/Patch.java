package io.parley.kernel;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One member of a JSON Merge Patch (RFC 7396): absent keeps the field, present sets it, and present with null clears
 * it.
 */
public record Patch<T>(boolean present, @Nullable T value) {
    private static final Patch<?> ABSENT = new Patch<>(false, null);

    @SuppressWarnings("unchecked") // an absent patch holds no value of any type
    public static <T> Patch<T> absent() {
        return (Patch<T>) ABSENT;
    }

    public static <T> Patch<T> to(@Nullable T value) {
        return new Patch<>(true, value);
    }

    /** The value of the field after the patch. */
    public @Nullable T orElse(@Nullable T stored) {
        return present ? value : stored;
    }

    /** The same patch with its value converted; a patch that clears the field still clears it. */
    public <U> Patch<U> map(Function<T, U> conversion) {
        return value == null ? new Patch<>(present, null) : new Patch<>(present, conversion.apply(value));
    }
}

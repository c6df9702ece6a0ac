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

    /** The same patch with its value in another form; what clears still clears. */
    public <U> Patch<U> map(Function<T, U> form) {
        return value == null ? new Patch<>(present, null) : new Patch<>(present, form.apply(value));
    }
}

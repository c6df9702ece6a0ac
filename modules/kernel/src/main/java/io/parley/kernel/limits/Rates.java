package io.parley.kernel.limits;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several rates that all hold, such as {@code 60/m,300/d}. Without any there is no limit. */
public record Rates(List<Rate> all) {
    public static final Rates NONE = new Rates(List.of());

    public Rates {
        all = List.copyOf(all);
    }

    /** An empty text is no rate. Fails with {@link IllegalArgumentException} if a part is not a {@link Rate}. */
    public static Rates parse(String text) {
        if (text.isBlank()) return NONE;
        return new Rates(Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Rate::parse)
                .toList());
    }

    @Override
    public String toString() {
        return all.stream().map(Rate::toString).collect(Collectors.joining(","));
    }
}

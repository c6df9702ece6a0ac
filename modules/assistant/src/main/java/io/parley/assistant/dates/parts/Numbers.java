package io.parley.assistant.dates.parts;

import java.util.List;
import java.util.OptionalInt;

/** Numbers in digits and in words. */
public final class Numbers {
    private static final List<String> WORDS = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    /** {@code a}, {@code an}, {@code one} to {@code twelve}, or digits; the maximum if there are too many of them. */
    public static OptionalInt of(String word) {
        if (word.equals("a") || word.equals("an")) return OptionalInt.of(1);
        int named = WORDS.indexOf(word);
        if (named > 0) return OptionalInt.of(named);
        if (!word.matches("[0-9]+")) return OptionalInt.empty();
        return OptionalInt.of(word.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(word));
    }

    private Numbers() {}
}

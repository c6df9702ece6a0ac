package io.parley.assistant.dates;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Words in lower case, and the time at which they were said.
 *
 * @param now in the time zone of the person who says them
 */
record Phrase(List<String> words, ZonedDateTime now) {
    /** Empty if there are not so many words. */
    String word(int at) {
        return at >= 0 && at < words.size() ? words.get(at) : "";
    }

    boolean has(int at, String... expected) {
        for (int index = 0; index < expected.length; index++)
            if (!word(at + index).equals(expected[index])) return false;
        return true;
    }

    LocalDate today() {
        return now.toLocalDate();
    }
}

package io.parley.assistant.dates.parts;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Words in lower case, and the time at which they were said.
 *
 * @param now in the time zone of the person who says them
 */
public record Phrase(List<String> words, ZonedDateTime now) {
    /** Empty if there are not so many words. */
    public String word(int at) {
        return at >= 0 && at < words.size() ? words.get(at) : "";
    }

    public boolean has(int at, String... expected) {
        for (int index = 0; index < expected.length; index++)
            if (!word(at + index).equals(expected[index])) return false;
        return true;
    }

    public LocalDate today() {
        return now.toLocalDate();
    }
}

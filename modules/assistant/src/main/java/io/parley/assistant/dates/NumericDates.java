package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates in digits: {@code 2027-03-31}, {@code 31.3.2027}, {@code 3/31/2027}. With dots, the day comes first; with slashes,
 * one of the parts must be above 12.
 */
final class NumericDates {
    private static final Pattern ISO = Pattern.compile("([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})");
    private static final Pattern DOTS = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})(?:\\.([0-9]{4}|[0-9]{2})?)?");
    private static final Pattern SLASHES = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?");
    private static final int CENTURY = 2000;

    static @Nullable PhrasePart at(Phrase phrase, int at, boolean isJoined) {
        var word = phrase.word(at);
        var iso = ISO.matcher(word);
        if (iso.matches()) return CalendarDates.of(1, number(iso, 1), number(iso, 2), number(iso, 3));
        var dots = DOTS.matcher(word);
        if (dots.matches()) return dots(phrase, dots, isJoined);
        var slashes = SLASHES.matcher(word);
        return slashes.matches() ? slashes(phrase, slashes, isJoined) : null;
    }

    // 3.10 and 1.2.26 can be versions or amounts, so they need a word such as "on" before them.
    private static @Nullable PhrasePart dots(Phrase phrase, MatchResult dots, boolean isJoined) {
        boolean isFull = dots.group(3) != null && dots.group(3).length() == 4;
        return isFull || isJoined ? date(phrase, dots, number(dots, 2), number(dots, 1)) : null;
    }

    private static @Nullable PhrasePart slashes(Phrase phrase, MatchResult slashes, boolean isJoined) {
        int first = number(slashes, 1);
        int second = number(slashes, 2);
        // Without such a word, 24/7 and 50/50 are no dates.
        boolean isSaying = (first == 24 && second == 7) || first > 31 || second > 31;
        if (isSaying && slashes.group(3) == null && !isJoined) return null;
        if (first <= 12 && second <= 12 && first != second) return PhrasePart.refused(1, Reading.Refused.DAY_OR_MONTH);
        return first > 12 ? date(phrase, slashes, second, first) : date(phrase, slashes, first, second);
    }

    private static PhrasePart date(Phrase phrase, MatchResult match, int month, int day) {
        if (match.group(3) == null) return CalendarDates.next(1, phrase.today(), month, day);
        int year = number(match, 3);
        return CalendarDates.of(1, match.group(3).length() == 2 ? CENTURY + year : year, month, day);
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private NumericDates() {}
}

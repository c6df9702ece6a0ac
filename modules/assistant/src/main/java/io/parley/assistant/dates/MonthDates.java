package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates with the name of a month, and days of the month: {@code march 3rd}, {@code 24 December 2026}, {@code the 15th}. */
final class MonthDates {
    private static final Pattern DAY = Pattern.compile("([0-9]{1,2})(st|nd|rd|th)?\\.?");
    private static final Pattern YEAR = Pattern.compile("[12][0-9]{3}");

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    static @Nullable PhrasePart at(Phrase phrase, int at, boolean isJoined) {
        int month = month(phrase.word(at));
        if (month > 0) {
            int of = phrase.has(at + 1, "the") ? at + 2 : at + 1;
            var day = day(phrase.word(of));
            return day.isPresent() ? date(phrase, at, of + 1, month, day.getAsInt()) : null;
        }
        int first = phrase.has(at, "the") ? at + 1 : at;
        var day = day(phrase.word(first));
        if (day.isEmpty()) return null;
        int second = phrase.has(first + 1, "of") ? first + 2 : first + 1;
        int behind = month(phrase.word(second));
        if (behind > 0) return date(phrase, at, second + 1, behind, day.getAsInt());
        boolean isOrdinal = phrase.word(first).matches("[0-9]+(st|nd|rd|th)");
        return isOrdinal && isJoined
                ? CalendarDates.nextDayOfMonth(first + 1 - at, phrase.today(), day.getAsInt())
                : null;
    }

    private static PhrasePart date(Phrase phrase, int at, int end, int month, int day) {
        return YEAR.matcher(phrase.word(end)).matches()
                ? CalendarDates.of(end + 1 - at, Integer.parseInt(phrase.word(end)), month, day)
                : CalendarDates.next(end - at, phrase.today(), month, day);
    }

    private static OptionalInt day(String word) {
        var day = DAY.matcher(word);
        return day.matches() ? OptionalInt.of(Integer.parseInt(day.group(1))) : OptionalInt.empty();
    }

    // 1 to 12, or 0 if the word is no month. Abbreviations have three letters; September also has four.
    private static int month(String word) {
        var name = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        if (name.equals("sept")) return 9;
        for (int index = 0; index < MONTHS.size(); index++) {
            var month = MONTHS.get(index);
            if (name.equals(month) || (name.length() == 3 && month.startsWith(name))) return index + 1;
        }
        return 0;
    }

    private MonthDates() {}
}

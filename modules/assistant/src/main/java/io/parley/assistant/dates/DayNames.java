package io.parley.assistant.dates;

/** The names of the days of the week. */
public final class DayNames {
    /** @param word in the form of {@link DateWords} */
    public static boolean isWeekday(String word) {
        return DayWords.weekday(word) != null;
    }

    private DayNames() {}
}

package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Numbers;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What recurs: {@code every monday}, {@code each week}, {@code on mondays}, {@code daily}. */
final class Recurrences {
    private static final Set<String> ADVERBS =
            Set.of("daily", "weekly", "biweekly", "fortnightly", "monthly", "yearly", "annually");
    private static final Set<String> OTHERS =
            Set.of("morning", "noon", "afternoon", "evening", "night", "weekend", "weekday", "workday", "quarter");

    static @Nullable PhrasePart at(Phrase phrase, int at, boolean isJoined) {
        var word = phrase.word(at);
        if (word.equals("every") || word.equals("each")) return every(phrase, at);
        boolean isPlural = word.endsWith("s")
                && word.length() > 4
                && (DayWords.weekday(word.substring(0, word.length() - 1)) != null
                        || word.equals("weekends")
                        || word.equals("weekdays"));
        boolean recurs = (isPlural && isJoined) || ADVERBS.contains(word);
        return recurs ? PhrasePart.refused(1, Reading.Refused.RECURS) : null;
    }

    private static @Nullable PhrasePart every(Phrase phrase, int at) {
        int next = at + 1;
        if (phrase.word(next).matches("other|second|third|single")
                || Numbers.of(phrase.word(next)).isPresent()) next++;
        var word = phrase.word(next);
        boolean isKnown = DayWords.weekday(word) != null || Spans.isUnit(word) || OTHERS.contains(word);
        return isKnown ? PhrasePart.refused(next + 1 - at, Reading.Refused.RECURS) : null;
    }

    private Recurrences() {}
}

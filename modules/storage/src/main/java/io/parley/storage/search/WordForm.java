package io.parley.storage.search;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form in which a snippet compares words: without case and accents. It only decides what is marked, because the
 * database has found the text by its own {@code search_fold}.
 */
final class WordForm {
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}|[\\u00ad\\u2060\\ufeff]");

    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('ς', "σ"),
            Map.entry('ø', "o"),
            Map.entry('ł', "l"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('ħ', "h"),
            Map.entry('ı', "i"),
            Map.entry('ŧ', "t"),
            Map.entry('þ', "th"),
            Map.entry('ß', "ss"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"));

    static String of(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        return lower.chars().allMatch(character -> character < 0x80) ? lower : folded(lower);
    }

    private static String folded(String lower) {
        var plain =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
        var folded = new StringBuilder(plain.length() + 4);
        for (char letter : plain.toCharArray()) folded.append(LETTERS.getOrDefault(letter, String.valueOf(letter)));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private WordForm() {}
}

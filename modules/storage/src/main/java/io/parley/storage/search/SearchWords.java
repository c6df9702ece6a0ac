package io.parley.storage.search;

/**
 * Prepares a search query for {@code websearch_to_tsquery(search_configuration(), search_text(…))}. A run of characters
 * of a script without spaces between words becomes a phrase, because {@code search_text} makes a word of each of its
 * characters. Typographic quotation marks, which phones insert, count as plain ones.
 */
final class SearchWords {
    private static final String TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e\u201f\uff02";

    private final StringBuilder words = new StringBuilder();
    private boolean quoted;
    private boolean inRun;

    static String of(String query) {
        var words = new SearchWords();
        query.codePoints().forEach(words::add);
        words.endRun();
        return words.words.toString();
    }

    private void add(int character) {
        if (character == '"' || TYPOGRAPHIC_QUOTES.indexOf(character) >= 0) {
            endRun();
            quoted = !quoted;
            words.append('"');
            return;
        }
        if (isWordOfItsOwn(character)) beginRun();
        else endRun();
        words.appendCodePoint(character);
    }

    private void beginRun() {
        if (inRun || quoted) return;
        inRun = true;
        words.append('"');
    }

    private void endRun() {
        if (!inRun) return;
        inRun = false;
        words.append("\" ");
    }

    // The letters among the characters that search_text separates by spaces.
    private static boolean isWordOfItsOwn(int character) {
        return within(character, 0x0e01, 0x109f)
                || within(character, 0x1780, 0x17ff)
                || within(character, 0x2e80, 0x2fff)
                || within(character, 0x3005, 0x3007)
                || within(character, 0x3041, 0x30ff)
                || within(character, 0x31f0, 0x31ff)
                || within(character, 0x3400, 0x4dbf)
                || within(character, 0x4e00, 0x9fff)
                || within(character, 0xac00, 0xd7a3)
                || within(character, 0xf900, 0xfaff)
                || within(character, 0xff66, 0xff9f)
                || within(character, 0x20000, 0x3ffff);
    }

    private static boolean within(int character, int first, int last) {
        return first <= character && character <= last;
    }
}

package io.parley.storage.search;

import io.parley.storage.search.Words.Word;
import java.text.Normalizer;
import java.util.List;

/**
 * About two lines of a text around what matches a search, as HTML: escaped, with each match in a {@code mark} element. Made
 * here and not by PostgreSQL's {@code ts_headline}, which took half of the time of a search and would show the text without
 * its accents.
 */
final class Snippet {
    private static final int MAX_FRAGMENTS = 2;
    private static final int MAX_WORDS = 24;
    private static final int WORDS_BEFORE = 6;

    /** In UTF-16 characters, because a word can be as long as a message. */
    private static final int MAX_FRAGMENT = 400;

    private static final int CHARACTERS_BEFORE = 100;

    private final String text;
    private final List<Word> words;
    private final Marks marks;
    private final StringBuilder html = new StringBuilder();

    private Snippet(String text, Marks marks, List<Word> words) {
        this.text = text;
        this.words = words;
        this.marks = marks;
    }

    /** @param forms see {@link Marks#of} */
    static String html(String source, SearchTerms terms, List<String> forms) {
        var text = Normalizer.normalize(source, Normalizer.Form.NFC);
        var words = Words.in(text);
        var snippet = new Snippet(text, Marks.of(text, words, terms, forms), words);
        if (words.size() <= MAX_WORDS) snippet.append(0, text.length(), 0);
        else snippet.appendFragments();
        return snippet.html.toString();
    }

    private void appendFragments() {
        int next = 0;
        for (int fragment = 0; fragment < MAX_FRAGMENTS; fragment++) {
            int match = marks.next(next);
            boolean isFound = match < words.size();
            if (!isFound && fragment > 0) return;
            int first = isFound ? Math.max(next, match - WORDS_BEFORE) : 0;
            next = Math.min(first + MAX_WORDS, words.size());
            if (fragment > 0) html.append(" ... ");
            append(words.get(first).start(), words.get(next - 1).end(), first);
        }
    }

    /** Appends a part of the text, shortened to the surroundings of the first match at or after that word. */
    private void append(int from, int to, int word) {
        int match = marks.next(word);
        int center = match < words.size() ? words.get(match).start() : from;
        int start = to - from <= MAX_FRAGMENT ? from : Math.max(from, boundary(center - CHARACTERS_BEFORE));
        int end = Math.min(to, boundary(start + MAX_FRAGMENT));
        int at = start;
        while (match < words.size() && words.get(match).start() < end) {
            int last = marks.lastOf(match);
            escape(at, words.get(match).start());
            html.append("<mark>");
            at = Math.min(words.get(last).end(), end);
            escape(words.get(match).start(), at);
            html.append("</mark>");
            match = marks.next(last + 1);
        }
        escape(at, end);
    }

    // Not between the two halves of a character.
    private int boundary(int at) {
        int inside = Math.max(0, Math.min(at, text.length()));
        return inside > 0 && inside < text.length() && Character.isLowSurrogate(text.charAt(inside))
                ? inside - 1
                : inside;
    }

    private void escape(int from, int to) {
        for (int at = from; at < to; at++) append(text.charAt(at));
    }

    private void append(char character) {
        switch (character) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> {
                if (character >= ' ' || Character.isWhitespace(character)) html.append(character);
            }
        }
    }
}

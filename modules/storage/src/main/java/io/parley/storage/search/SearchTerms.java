package io.parley.storage.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query as people type it, split into words: {@code "a phrase"}, {@code or}, {@code -not}, and words that must all occur.
 * A run of characters with {@code . @ / _ - :} in it, or of a script without spaces, becomes the phrase of its parts.
 *
 * @param websearch for {@code websearch_to_tsquery}: each word and phrase in quotes, so that nothing in it is an operator
 * @param isPrefix whether the last word is only the beginning of one
 * @param phrases the words that are looked for, not those that must not occur
 * @param words the number of all words; those of a script without spaces count as one if nothing separates them
 */
record SearchTerms(String websearch, boolean isPrefix, List<List<String>> phrases, int words) {
    private static final String TYPOGRAPHIC_QUOTES = "[\u201c\u201d\u201e\u201f\uff02]";
    private static final int MIN_PREFIX = 2;
    private static final int FREQUENT_LENGTH = 3;

    // A longer word is not indexed, and the server refuses one of more than 2046 bytes.
    private static final int MAX_WORD = 500;

    static SearchTerms of(String query) {
        var text = Normalizer.normalize(query, Normalizer.Form.NFC).replaceAll(TYPOGRAPHIC_QUOTES, "\"");
        var terms = new Parser(text);
        terms.parse();
        return new SearchTerms(terms.websearch.toString(), terms.isPrefix, List.copyOf(terms.phrases), terms.count);
    }

    /** A regular expression of PostgreSQL that finds one of the phrases in the database's plain form of a text. */
    String pattern() {
        return phrases.stream()
                .map(words -> String.join("[^[:alnum:]]*", words))
                .collect(Collectors.joining("|", "(^|[^[:alnum:]])(", ")"));
    }

    /** Whether it may match a large part of all texts: nothing but words or beginnings as short as "the". */
    boolean isProbablyFrequent() {
        return phrases.stream()
                .allMatch(words -> words.size() == 1
                        && words.get(0).codePointCount(0, words.get(0).length()) <= FREQUENT_LENGTH);
    }

    private static final class Parser {
        private final String query;
        private final StringBuilder websearch = new StringBuilder();
        private final List<List<String>> phrases = new ArrayList<>();
        private boolean isPrefix;
        private int count;
        private int at;

        Parser(String query) {
            this.query = query;
        }

        void parse() {
            while (at < query.length()) {
                if (isBlank(query.charAt(at))) at++;
                else parseTerm();
            }
        }

        private void parseTerm() {
            boolean isNegated = query.charAt(at) == '-';
            if (isNegated) at++;
            if (at < query.length() && query.charAt(at) == '"') addQuoted(isNegated);
            else addToken(isNegated);
        }

        private void addQuoted(boolean isNegated) {
            int closing = query.indexOf('"', at + 1);
            int end = closing < 0 ? query.length() : closing;
            add(query.substring(at + 1, end), isNegated);
            at = end + 1;
        }

        private void addToken(boolean isNegated) {
            int end = at;
            while (end < query.length() && !isBlank(query.charAt(end)) && query.charAt(end) != '"') end++;
            var token = query.substring(at, end);
            at = end;
            boolean isLast = end == query.length();
            if (token.equalsIgnoreCase("or") && !isNegated && !isLast) {
                websearch.append("or ");
                return;
            }
            boolean isAdded = add(token, isNegated);
            isPrefix = isAdded && isLast && !isNegated && token.codePointCount(0, token.length()) >= MIN_PREFIX;
        }

        private boolean add(String text, boolean isNegated) {
            var found = Words.in(text);
            count += separated(found);
            var words = found.stream().map(word -> shortened(word.of(text))).toList();
            if (words.isEmpty()) return false;
            websearch
                    .append(isNegated ? "-\"" : "\"")
                    .append(String.join(" ", words))
                    .append("\" ");
            if (!isNegated) phrases.add(words);
            return true;
        }

        private static int separated(List<Words.Word> words) {
            int separated = 0;
            for (int at = 0; at < words.size(); at++)
                if (at == 0 || words.get(at - 1).end() < words.get(at).start()) separated++;
            return separated;
        }

        private static String shortened(String word) {
            return word.codePointCount(0, word.length()) <= MAX_WORD
                    ? word
                    : word.substring(0, word.offsetByCodePoints(0, MAX_WORD));
        }

        private static boolean isBlank(char character) {
            return Character.isWhitespace(character) || Character.isSpaceChar(character);
        }
    }
}

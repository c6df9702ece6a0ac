package io.parley.assistant.commands.sentences;

import io.parley.assistant.dates.DateWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line that a user typed, as words. Patterns see the words in lower case and without commas, joined by single spaces; a
 * quoted text is one word that no pattern knows.
 */
public record Sentence(List<Word> words) {
    private static final String QUOTED_KEY = "\"";

    private static final Pattern WORD = Pattern.compile(
            "(?U)(?:\"([^\"]+)\"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|'([^']+)'|‘([^’]+)’)([.,;:!?]*)(?=\\s|$)|(\\S+)");

    private static final Pattern END = Pattern.compile("[.!?]+$");
    private static final Pattern SEPARATOR = Pattern.compile("[,;:]+$");

    /**
     * @param text as it was typed, with its quotes
     * @param key what patterns see
     * @param quoted the text without its quotes; null if it has none
     */
    public record Word(String text, String key, @Nullable String quoted) {}

    /** Without punctuation at the end. */
    public static Sentence of(String line) {
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(line);
        while (matcher.find()) words.add(word(matcher.toMatchResult()));
        return new Sentence(words).trimmed(END);
    }

    private static Word word(MatchResult match) {
        for (int group = 1; group <= 6; group++)
            if (match.group(group) != null) return new Word(match.group(), QUOTED_KEY, match.group(group));
        var key = DateWords.key(match.group()).replace('’', '\'');
        return new Word(match.group(), key, null);
    }

    private Sentence trimmed(Pattern end) {
        if (words.isEmpty()) return this;
        var last = words.get(words.size() - 1);
        var text = end.matcher(last.text()).replaceFirst("");
        if (text.equals(last.text())) return this;
        var rest = sub(0, words.size() - 1);
        if (text.isEmpty()) return rest;
        var shorter = last.quoted() == null ? word(text) : new Word(text, QUOTED_KEY, last.quoted());
        var all = new ArrayList<>(rest.words);
        all.add(shorter);
        return new Sentence(all);
    }

    private static Word word(String text) {
        return new Word(text, DateWords.key(text).replace('’', '\''), null);
    }

    /** Without a comma, a colon or a dash at the end, which joined it to what stood behind it. */
    public Sentence withoutSeparator() {
        var trimmed = trimmed(SEPARATOR);
        int last = trimmed.size() - 1;
        return last > 0 && trimmed.key(last).matches("[-–—]") ? trimmed.sub(0, last) : trimmed;
    }

    public int size() {
        return words.size();
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    public String key(int at) {
        return at >= 0 && at < words.size() ? words.get(at).key() : "";
    }

    public List<String> keys() {
        return words.stream().map(Word::key).toList();
    }

    public Sentence from(int start) {
        return sub(start, words.size());
    }

    public Sentence sub(int start, int end) {
        return new Sentence(List.copyOf(words.subList(start, end)));
    }

    public Sentence without(Predicate<Word> unwanted) {
        return new Sentence(words.stream().filter(unwanted.negate()).toList());
    }

    /** As it was typed, with single spaces; a text that is quoted as a whole without its quotes. */
    public String text() {
        if (words.size() == 1 && words.get(0).quoted() != null)
            return Objects.requireNonNull(words.get(0).quoted());
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    public boolean isQuoted() {
        return words.size() == 1 && words.get(0).quoted() != null;
    }

    /** What stands behind the beginning that the pattern matches; empty if it does not match, or in the middle of a word. */
    public Optional<Sentence> behind(Pattern beginning) {
        var keys = keyText() + ' ';
        var matcher = beginning.matcher(keys);
        boolean matches = matcher.lookingAt() && matcher.end() > 0 && keys.charAt(matcher.end() - 1) == ' ';
        return matches ? Optional.of(from(wordsBefore(keys, matcher.end()))) : Optional.empty();
    }

    /** What stands before the end that the pattern matches. */
    public Optional<Sentence> before(Pattern end) {
        var keys = ' ' + keyText();
        var matcher = end.matcher(keys);
        return matcher.find() && keys.charAt(matcher.start()) == ' '
                ? Optional.of(sub(0, wordsBefore(keys, matcher.start() + 1) - 1))
                : Optional.empty();
    }

    /** The words of the first group, if the pattern matches the whole sentence. */
    public Optional<Sentence> group(Pattern whole) {
        return groups(whole).map(groups -> groups.get(0));
    }

    /** The words of each group, if the pattern matches the whole sentence. */
    public Optional<List<Sentence>> groups(Pattern whole) {
        var keys = keyText();
        var matcher = whole.matcher(keys);
        if (!matcher.matches()) return Optional.empty();
        var groups = new ArrayList<Sentence>();
        for (int group = 1; group <= matcher.groupCount(); group++)
            if (matcher.group(group) != null)
                groups.add(sub(
                        wordsBefore(keys, matcher.start(group)),
                        wordsBefore(keys, matcher.start(group))
                                + wordsBefore(
                                        matcher.group(group) + ' ',
                                        matcher.group(group).length() + 1)));
        return Optional.of(groups);
    }

    public boolean matches(Pattern whole) {
        return whole.matcher(keyText()).matches();
    }

    public String keyText() {
        return String.join(" ", keys());
    }

    private static int wordsBefore(String keys, int at) {
        return (int) keys.substring(0, at)
                .chars()
                .filter(character -> character == ' ')
                .count();
    }
}

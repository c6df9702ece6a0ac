package io.parley.storage.search;

import io.parley.storage.search.Words.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of a text that match a search. */
final class Marks {
    private final BitSet marked = new BitSet();

    /** Words that are marked together with the next one. */
    private final BitSet joined = new BitSet();

    private final String text;
    private final List<Word> words;

    private Marks(String text, List<Word> words) {
        this.text = text;
        this.words = words;
    }

    /**
     * @param forms further words that match: those that only the database knows to match, because its configuration folds
     *     inflections
     */
    static Marks of(String text, List<Word> words, SearchTerms terms, List<String> forms) {
        var marks = new Marks(text, words);
        var phrases = new ArrayList<List<String>>();
        for (var form : forms) phrases.add(List.of(WordForm.of(form)));
        for (var phrase : terms.phrases())
            phrases.add(phrase.stream().map(WordForm::of).toList());
        marks.find(phrases, terms.isPrefix());
        return marks;
    }

    /** The number of the first marked word from this one on, or the number of words if there is none. */
    int next(int word) {
        int next = marked.nextSetBit(word);
        return next < 0 ? words.size() : next;
    }

    /** The number of the last word that is marked together with this one. */
    int lastOf(int word) {
        int last = word;
        while (marked.get(last + 1) && isJoined(last)) last++;
        return last;
    }

    private boolean isJoined(int word) {
        var gap = text.substring(words.get(word).end(), words.get(word + 1).start());
        return gap.isEmpty() || (joined.get(word) && gap.chars().noneMatch(Character::isWhitespace));
    }

    private void find(List<List<String>> phrases, boolean isPrefix) {
        if (phrases.isEmpty()) return;
        var forms = words.stream().map(word -> WordForm.of(word.of(text))).toList();
        var byFirstWord = byFirstWord(phrases);
        var last = phrases.get(phrases.size() - 1);
        for (int at = 0; at < forms.size(); at++) {
            for (var phrase : byFirstWord.getOrDefault(forms.get(at), List.of()))
                if (matches(phrase, forms, at, false)) mark(at, phrase.size());
            if (isPrefix && matches(last, forms, at, true)) mark(at, last.size());
        }
    }

    private static Map<String, List<List<String>>> byFirstWord(List<List<String>> phrases) {
        var byFirstWord = new HashMap<String, List<List<String>>>();
        for (var phrase : phrases)
            byFirstWord
                    .computeIfAbsent(phrase.get(0), word -> new ArrayList<>())
                    .add(phrase);
        return byFirstWord;
    }

    private static boolean matches(List<String> phrase, List<String> forms, int at, boolean isPrefix) {
        int last = phrase.size() - 1;
        if (at + last >= forms.size()) return false;
        for (int i = 0; i < last; i++) if (!forms.get(at + i).equals(phrase.get(i))) return false;
        var form = forms.get(at + last);
        return isPrefix ? form.startsWith(phrase.get(last)) : form.equals(phrase.get(last));
    }

    private void mark(int first, int length) {
        marked.set(first, first + length);
        joined.set(first, first + length - 1);
    }
}

package io.parley.storage.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into words as {@code search_plain} does in the database: runs of letters and digits, and each character of
 * the scripts that put no spaces between words.
 */
final class Words {
    private static final int SOFT_HYPHEN = 0xad;

    /** A word from {@code start} to before {@code end}, in UTF-16 characters. */
    record Word(int start, int end) {
        String of(String text) {
            return text.substring(start, end);
        }
    }

    private final List<Word> words = new ArrayList<>();
    private int start = -1;

    static List<Word> in(String text) {
        var found = new Words();
        int character;
        for (int at = 0; at < text.length(); at += Character.charCount(character)) {
            character = text.codePointAt(at);
            found.add(character, at);
        }
        found.endRun(text.length());
        return found.words;
    }

    private void add(int character, int at) {
        if (isWordOfItsOwn(character)) {
            endRun(at);
            words.add(new Word(at, at + Character.charCount(character)));
        } else if (isLetterOrDigit(character)) {
            if (start < 0) start = at;
        } else if (!isPartOfWord(character)) {
            endRun(at);
        }
    }

    private void endRun(int at) {
        if (start >= 0) words.add(new Word(start, at));
        start = -1;
    }

    private static boolean isLetterOrDigit(int character) {
        return Character.isLetterOrDigit(character) || Character.getType(character) == Character.LETTER_NUMBER;
    }

    // What does not begin a word, but does not end one either.
    private static boolean isPartOfWord(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> character == SOFT_HYPHEN;
        };
    }

    // Those that search_text separates by spaces and search_plain does not replace, and the symbols of emoji.
    private static boolean isWordOfItsOwn(int character) {
        return character > SOFT_HYPHEN
                && (within(character, 0x0e01, 0x109f)
                        || within(character, 0x1780, 0x17ff)
                        || within(character, 0x2600, 0x27bf)
                        || within(character, 0x2e80, 0x2fff)
                        || within(character, 0x3005, 0x3007)
                        || within(character, 0x3041, 0x309f)
                        || within(character, 0x30a1, 0x30fa)
                        || within(character, 0x30fc, 0x30ff)
                        || within(character, 0x31f0, 0x31ff)
                        || within(character, 0x3400, 0x4dbf)
                        || within(character, 0x4e00, 0x9fff)
                        || within(character, 0xac00, 0xd7a3)
                        || within(character, 0xf900, 0xfaff)
                        || within(character, 0xff10, 0xff19)
                        || within(character, 0xff21, 0xff3a)
                        || within(character, 0xff41, 0xff5a)
                        || within(character, 0xff66, 0xff9f)
                        || within(character, 0x1f000, 0x1faff)
                        || within(character, 0x20000, 0x3ffff));
    }

    private static boolean within(int character, int first, int last) {
        return first <= character && character <= last;
    }
}

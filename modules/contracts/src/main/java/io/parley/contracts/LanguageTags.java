package io.parley.contracts;

import io.parley.kernel.Problem;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** Tags of languages, such as {@code en} or {@code zh-Hant-TW} (BCP 47, RFC 5646). */
public final class LanguageTags {
    /** Characters; the longest that RFC 5646, 4.4.1, recommends to have room for. */
    public static final int MAX_LENGTH = 35;

    /** The tag as it was sent; fails invalid, pointing at the field, if it is not well-formed. */
    public static String checked(String pointer, String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            if (tag.length() <= MAX_LENGTH && !locale.getLanguage().isEmpty()) return tag;
        } catch (IllformedLocaleException malformed) {
            // reported below
        }
        throw Problem.invalid(pointer, "must be the tag of a language, such as en or pt-BR");
    }

    private LanguageTags() {}
}

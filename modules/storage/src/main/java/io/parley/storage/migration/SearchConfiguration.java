package io.parley.storage.migration;

import java.util.regex.Pattern;

/**
 * The text search configuration of PostgreSQL that texts are indexed and searched with: how they are split into words and
 * which forms of a word are the same. {@code simple} only folds case, which suits texts in any language.
 * {@code english}, {@code german} and so on also fold inflections and drop stop words, and do so to texts in other
 * languages as well. A configuration of the operator's own is named with its schema.
 *
 * @param name of a configuration on the server; the migration fails if it does not exist
 * @param foldsAccents whether words are compared without their accents, before the configuration sees them
 */
public record SearchConfiguration(String name, boolean foldsAccents) {
    private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}");

    public static final SearchConfiguration SIMPLE = new SearchConfiguration("pg_catalog.simple", true);

    public SearchConfiguration {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException("this is not the name of a text search configuration: " + name);
    }
}

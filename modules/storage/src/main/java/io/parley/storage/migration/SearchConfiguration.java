package io.parley.storage.migration;

import java.util.regex.Pattern;

/**
 * The text search configuration of PostgreSQL that texts are indexed and searched with: how words are told apart and
 * which forms of a word count as the same. {@code simple} knows no language: it folds case and nothing else, which is
 * right for texts in any of them. {@code english}, {@code german} and the like also fold inflections and drop the
 * commonest words, at the price of doing so to texts in other languages; one that an operator has made (with
 * {@code unaccent} in it, say) is named with its schema.
 *
 * @param name of one that the server knows; another one fails the migration
 */
public record SearchConfiguration(String name) {
    private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}");

    public static final SearchConfiguration SIMPLE = new SearchConfiguration("pg_catalog.simple");

    public SearchConfiguration {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException("not the name of a text search configuration: " + name);
    }
}

package io.parley.config.settings;

import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param key as in parley.yaml, its levels joined by dots
 * @param standard what it is where nobody sets it
 */
public record Setting(String key, String standard, String description) {
    static final String PREFIX = "PARLEY_";

    String variable() {
        return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    public String flag() {
        return "--" + key.replace('.', '-');
    }
}

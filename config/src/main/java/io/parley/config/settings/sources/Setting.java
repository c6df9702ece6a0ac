package io.parley.config.settings.sources;

import java.util.Locale;

/**
 * One setting.
 *
 * @param key as in parley.yaml, its levels joined by dots
 * @param defaultText the text that applies if nobody sets it
 */
public record Setting(String key, String defaultText) {
    static final String PREFIX = "PARLEY_";

    public String flag() {
        return flag(key);
    }

    /** {@code --http-port} for {@code http.port}. */
    public static String flag(String key) {
        return "--" + key.replace('.', '-');
    }

    String variable() {
        return variable(key);
    }

    /** {@code PARLEY_HTTP_PORT} for {@code http.port}. */
    static String variable(String key) {
        return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

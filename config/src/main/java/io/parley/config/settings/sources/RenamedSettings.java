package io.parley.config.settings.sources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Old names of settings. Each is accepted for one release, with a warning that names the new one. */
public final class RenamedSettings {
    private static final Logger log = LoggerFactory.getLogger(RenamedSettings.class);

    /** The new key of each old one; the comment is the last release that accepts the old one. */
    private static final Map<String, String> NEW_KEYS = Map.of(
            "database.pooler", "database.transaction-pooler", // 0.1
            "instances.retries", "instances.idempotency", // 0.1
            "retention.deleted-days", "retention.trash-days"); // 0.1

    public static Set<String> oldKeys() {
        return NEW_KEYS.keySet();
    }

    static Optional<String> oldKeyOfVariable(String variable) {
        return oldKeys().stream()
                .filter(key -> Setting.variable(key).equals(variable))
                .findFirst();
    }

    /** The values of one source under the new keys. If a source has both names of a setting, the new one applies. */
    static Map<String, SettingValues.Value> renamed(Map<String, SettingValues.Value> values) {
        var renamed = new LinkedHashMap<String, SettingValues.Value>();
        values.forEach((key, value) -> {
            var newKey = NEW_KEYS.get(key);
            if (newKey == null) {
                renamed.put(key, value);
            } else {
                warn(key, newKey, value.origin());
                if (!values.containsKey(newKey)) renamed.put(newKey, value);
            }
        });
        return renamed;
    }

    /** One line for the operator; {@code origin} is the file, variable or flag that has the old name. */
    public static void warn(String oldName, String newName, String origin) {
        log.warn("{} is now called {}; the next release refuses the old name ({})", oldName, newName, origin);
    }

    private RenamedSettings() {}
}

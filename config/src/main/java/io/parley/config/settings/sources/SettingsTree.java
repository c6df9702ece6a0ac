package io.parley.config.settings.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns the sections of a YAML file into one flat list of keys. */
final class SettingsTree {
    /** Settings whose value is a list; they are kept as its JSON. */
    private static final Set<String> LISTS = Set.of("assistant.providers", "oidc.providers");

    /** Leaves out keys without a value, because everything in a section of a file may be commented out. */
    static Map<String, String> flat(JsonObject tree) {
        var values = new TreeMap<String, String>();
        flatten("", tree, values);
        return values;
    }

    private static void flatten(String prefix, JsonObject tree, Map<String, String> values) {
        tree.forEach(entry -> {
            var key = prefix + entry.getKey();
            if (entry.getValue() instanceof JsonArray && !LISTS.contains(key))
                throw new SettingsException(key, "must be a single value, not a list");
            if (entry.getValue() instanceof JsonObject section) flatten(key + ".", section, values);
            else if (entry.getValue() != null) values.put(key, entry.getValue().toString());
        });
    }

    private SettingsTree() {}
}

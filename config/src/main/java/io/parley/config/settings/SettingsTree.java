package io.parley.config.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings as YAML nests them and as one flat list of keys. */
final class SettingsTree {
    /** Their value is the list as JSON. */
    private static final Set<String> LISTS = Set.of("assistant.providers");

    static JsonObject nested(Map<String, String> values) {
        var tree = new JsonObject();
        values.forEach((key, value) -> put(tree, key, value));
        return tree;
    }

    private static void put(JsonObject tree, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            tree.put(key, value);
            return;
        }
        var branch = key.substring(0, dot);
        if (!tree.containsKey(branch)) tree.put(branch, new JsonObject());
        put(tree.getJsonObject(branch), key.substring(dot + 1), value);
    }

    /** Leaves out what has no value: a file may name a section and have all of it commented out. */
    static Map<String, String> flat(JsonObject tree) {
        var values = new TreeMap<String, String>();
        flatten("", tree, values);
        return values;
    }

    private static void flatten(String prefix, JsonObject tree, Map<String, String> values) {
        tree.forEach(entry -> {
            var key = prefix + entry.getKey();
            if (entry.getValue() instanceof JsonArray && !LISTS.contains(key))
                throw new SettingsException(key, "cannot be a list");
            if (entry.getValue() instanceof JsonObject branch) flatten(key + ".", branch, values);
            else if (entry.getValue() != null) values.put(key, entry.getValue().toString());
        });
    }

    private SettingsTree() {}
}

package io.parley.config.settings.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * All settings that exist, as the bundled parley.yaml lists them.
 *
 * @param page the text of parley.yaml: every setting with its default and its description
 */
public record SettingsCatalogue(String page, List<Setting> settings) {

    public static SettingsCatalogue bundled() {
        var page = read();
        return new SettingsCatalogue(page, settings("", root(page)).toList());
    }

    private static String read() {
        try (var file =
                Objects.requireNonNull(SettingsCatalogue.class.getResourceAsStream("/parley.yaml"), "parley.yaml")) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // The nodes and not the values: a default such as 0755 or "" stays the text that it is in the file.
    private static Node root(String page) {
        return new Yaml(new LoaderOptions()).compose(new StringReader(page));
    }

    private static Stream<Setting> settings(String prefix, Node node) {
        return ((MappingNode) node).getValue().stream().flatMap(entry -> settings(prefix, entry));
    }

    private static Stream<Setting> settings(String prefix, NodeTuple entry) {
        var key = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
        return entry.getValueNode() instanceof ScalarNode value
                ? Stream.of(new Setting(key, value.getValue()))
                : settings(key + ".", entry.getValueNode());
    }

    boolean has(String key) {
        return settings.stream().anyMatch(setting -> setting.key().equals(key));
    }

    Optional<String> keyOfVariable(String variable) {
        return settings.stream()
                .filter(setting -> setting.variable().equals(variable))
                .map(Setting::key)
                .findFirst();
    }
}

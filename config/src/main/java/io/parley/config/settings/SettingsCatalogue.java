package io.parley.config.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** All that can be set, as the bundled parley.yaml lists it: its keys, their defaults, and the comment above each. */
public record SettingsCatalogue(List<Setting> settings) {

    public static SettingsCatalogue bundled() {
        var options = new LoaderOptions();
        options.setProcessComments(true);
        try (var file = new InputStreamReader(
                Objects.requireNonNull(SettingsCatalogue.class.getResourceAsStream("/parley.yaml")), UTF_8)) {
            return new SettingsCatalogue(
                    settings("", new Yaml(options).compose(file)).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<Setting> settings(String prefix, Node node) {
        return ((MappingNode) node).getValue().stream().flatMap(entry -> settings(prefix, entry));
    }

    private static Stream<Setting> settings(String prefix, NodeTuple entry) {
        var key = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
        return entry.getValueNode() instanceof ScalarNode value
                ? Stream.of(new Setting(key, value.getValue(), comment(entry.getKeyNode())))
                : settings(key + ".", entry.getValueNode());
    }

    private static String comment(Node key) {
        return key.getBlockComments().stream()
                .map(CommentLine::getValue)
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** The defaults by key. */
    Map<String, String> standards() {
        return settings.stream().collect(Collectors.toMap(Setting::key, Setting::standard));
    }

    Optional<Setting> withKey(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    Optional<Setting> withVariable(String variable) {
        return settings.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }
}

package io.parley.config.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings that are needed before the server starts. All of them are read and checked by the server itself, with far more code than
 * a start may take here.
 *
 * @param archive {@code start.archive}
 * @param dataDir {@code data.dir}
 */
record StartSettings(boolean archive, Path dataDir) {
    private static final String CONFIG = "--config=";

    /** Empty if these arguments are not those of a server, or the settings cannot be read. */
    static Optional<StartSettings> read(List<String> arguments, Map<String, String> environment) {
        if (!arguments.stream().allMatch(StartSettings::isOfServer)) return Optional.empty();
        try {
            var file = file(arguments, environment);
            return Optional.of(new StartSettings(
                    value("start", "archive", arguments, environment, file, "true")
                            .equals("true"),
                    Path.of(value("data", "dir", arguments, environment, file, "./data"))));
        } catch (IOException | RuntimeException reportedByTheServer) {
            return Optional.empty();
        }
    }

    // A flag without "=" may be followed by its value, which then is taken for a command: such a start is a plain one.
    private static boolean isOfServer(String argument) {
        return argument.equals("serve")
                || argument.equals("--cluster")
                || (argument.startsWith("--") && argument.indexOf('=') > 0);
    }

    private static Map<?, ?> file(List<String> arguments, Map<String, String> environment) throws IOException {
        var path = last(arguments, CONFIG);
        if (path == null) path = environment.get("PARLEY_CONFIG");
        if (path == null && !Files.exists(Path.of("parley.yaml"))) return Map.of();
        var text = Files.readString(Path.of(path == null ? "parley.yaml" : path));
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        if (root == null) return Map.of();
        if (root instanceof Map<?, ?> map) return map;
        throw new YAMLException("not a mapping");
    }

    private static String value(
            String section,
            String name,
            List<String> arguments,
            Map<String, String> environment,
            Map<?, ?> file,
            String otherwise) {
        var flag = last(arguments, "--" + section + "-" + name + "=");
        if (flag != null) return flag;
        var variable = environment.get(("PARLEY_" + section + "_" + name).toUpperCase(Locale.ROOT));
        if (variable != null) return variable;
        Object nested = file.get(section) instanceof Map<?, ?> map ? map.get(name) : null;
        Object value = nested != null ? nested : file.get(section + "." + name);
        return value == null ? otherwise : value.toString();
    }

    private static @Nullable String last(List<String> arguments, String prefix) {
        String found = null;
        for (var argument : arguments) if (argument.startsWith(prefix)) found = argument.substring(prefix.length());
        return found;
    }
}

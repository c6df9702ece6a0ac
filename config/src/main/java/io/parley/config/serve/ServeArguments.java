package io.parley.config.serve;

import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a server in their usual form: {@code serve} or nothing, then {@code --cluster} and {@code --flag=value}. */
final class ServeArguments {
    private static final String CONFIG = "--config";
    private static final String CLUSTER = "--cluster";

    /** Empty if an argument is of another form, unknown, or there twice: those are for the command line, which explains them. */
    static Optional<SettingsSources> read(
            List<String> arguments, SettingsCatalogue catalogue, Map<String, String> environment) {
        var values = new HashMap<String, String>();
        for (var argument : withoutCommand(arguments)) {
            int end = argument.indexOf('=');
            var flag = end < 0 ? argument : argument.substring(0, end);
            boolean isComplete = end < 0 ? flag.equals(CLUSTER) : !flag.equals(CLUSTER) && end + 1 < argument.length();
            if (!isComplete || values.put(flag, argument.substring(end + 1)) != null) return Optional.empty();
        }
        return sources(values, catalogue, environment);
    }

    private static List<String> withoutCommand(List<String> arguments) {
        return arguments.isEmpty() || !arguments.get(0).equals("serve")
                ? arguments
                : arguments.subList(1, arguments.size());
    }

    private static Optional<SettingsSources> sources(
            Map<String, String> values, SettingsCatalogue catalogue, Map<String, String> environment) {
        var config = Optional.ofNullable(values.remove(CONFIG));
        var flags = new HashMap<String, String>();
        if (values.remove(CLUSTER) != null) flags.put("cluster.enabled", "true");
        var unknown = new ArrayList<>(values.keySet());
        for (var setting : catalogue.settings()) {
            var text = values.get(setting.flag());
            if (text == null) continue;
            flags.put(setting.key(), text);
            unknown.remove(setting.flag());
        }
        return unknown.isEmpty() ? Optional.of(SettingsSources.of(config, environment, flags)) : Optional.empty();
    }

    private ServeArguments() {}
}

package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How this process logs.
 *
 * @param level of everything that has no level of its own
 * @param levels by the name of a package or class
 * @param access whether there is a line for each request
 */
public record LogSettings(Format format, Level level, Map<String, Level> levels, boolean access) {
    private static final String LEVELS = "log.levels";
    private static final Pattern ITEM = Pattern.compile("([A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*)=([a-z]+)");

    public enum Format {
        TEXT,
        JSON
    }

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public static LogSettings read(SettingValues values) {
        return new LogSettings(
                values.choice("log.format", Format.class),
                values.choice("log.level", Level.class),
                readLevels(values),
                values.flag("log.access"));
    }

    private static Map<String, Level> readLevels(SettingValues values) {
        var levels = new LinkedHashMap<String, Level>();
        for (var item : values.list(LEVELS)) {
            var parts = ITEM.matcher(item);
            if (!parts.matches() || !isLevel(parts.group(2)))
                throw values.invalid(
                        LEVELS,
                        "must be names of packages with error, warn, info, debug or trace, such as io.parley.assistant=debug");
            levels.put(parts.group(1), Level.valueOf(parts.group(2).toUpperCase(Locale.ROOT)));
        }
        return levels;
    }

    private static boolean isLevel(String text) {
        return Stream.of(Level.values())
                .anyMatch(level -> level.name().toLowerCase(Locale.ROOT).equals(text));
    }
}

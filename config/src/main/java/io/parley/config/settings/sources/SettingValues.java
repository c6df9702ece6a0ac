package io.parley.config.settings.sources;

import io.parley.kernel.Secret;
import io.parley.kernel.limits.Rates;
import io.parley.kernel.time.HumanDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of every setting, by key. Each method reads one as a type and fails with a {@link SettingsException} that
 * names the setting and where it was set.
 */
public record SettingValues(Map<String, Value> byKey) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(KiB|MiB|GiB)?");
    private static final Map<String, Integer> UNITS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    /** @param origin the file, variable or flag that set it */
    public record Value(String text, String origin) {}

    public int number(String key, int min, int max) {
        try {
            int number = Integer.parseInt(text(key));
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException notANumber) {
            // refused below, like a number out of range
        }
        throw invalid(key, "must be a whole number from " + min + " to " + max + ", not " + quoted(key));
    }

    /** A number of bytes, such as 1000000, 512KiB, 64MiB or 2GiB. */
    public long bytes(String key, long min, long max) {
        var parts = SIZE.matcher(text(key));
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1)) << shift(parts.group(2));
            if (number >= min && number <= max) return number;
        }
        throw invalid(
                key, "must be a size from " + min + " to " + max + " bytes, such as 64MiB or 2GiB, not " + quoted(key));
    }

    private static int shift(@Nullable String unit) {
        return unit == null ? 0 : UNITS.getOrDefault(unit, 0);
    }

    public Duration duration(String key, Duration min, Duration max) {
        try {
            var duration = HumanDuration.parse(text(key));
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) return duration;
        } catch (DateTimeParseException notADuration) {
            // refused below, like a duration out of range
        }
        throw invalid(
                key,
                "must be a time from " + HumanDuration.format(min) + " to " + HumanDuration.format(max)
                        + ", such as 500ms or 12s, not " + quoted(key));
    }

    /** Rates such as 10/15m, or several between commas; empty means no limit. */
    public Rates rates(String key) {
        try {
            return Rates.parse(text(key));
        } catch (IllegalArgumentException notRates) {
            throw invalid(
                    key,
                    "must be empty, a rate of at least 1 such as 60/m or 10/15m, or several between commas, not "
                            + quoted(key));
        }
    }

    public boolean flag(String key) {
        return switch (text(key)) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw invalid(key, "must be true or false, not " + quoted(key));
        };
    }

    /** One of the constants of an enum, in lower case. For one named off, false stands for it as well, and true for on. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(switched(text(key)))) return constant;
        }
        var names = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        throw invalid(key, "must be one of " + String.join(", ", names) + ", not " + quoted(key));
    }

    // YAML reads an unquoted off as false (YAML 1.1, bool).
    private static String switched(String text) {
        return switch (text) {
            case "true" -> "on";
            case "false" -> "off";
            default -> text;
        };
    }

    /** A text that is not blank. */
    public String required(String key) {
        if (text(key).isBlank()) throw invalid(key, "must not be empty");
        return text(key);
    }

    /** Empty if it is blank. */
    public Optional<String> optional(String key) {
        return Optional.of(text(key)).filter(text -> !text.isBlank());
    }

    public Path path(String key) {
        try {
            return Path.of(required(key));
        } catch (InvalidPathException notAPath) {
            throw invalid(key, quoted(key) + " is not a path");
        }
    }

    /** The items between commas, without blank ones. */
    public List<String> list(String key) {
        return Stream.of(text(key).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Empty if nothing is set. */
    public Optional<Secret> secret(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    public String text(String key) {
        return value(key).text();
    }

    /** Whether nobody has set it. */
    public boolean isDefault(String key) {
        return origin(key).equals(SettingsSources.DEFAULT);
    }

    /** The file, variable or flag that set it. */
    public String origin(String key) {
        return value(key).origin();
    }

    public SettingsException invalid(String key, String fault) {
        return new SettingsException(key, fault + " (" + origin(key) + ")");
    }

    /** The names of the settings whose value differs from the default. */
    public List<String> changed() {
        return SettingsCatalogue.bundled().settings().stream()
                .filter(setting -> !text(setting.key()).equals(setting.defaultText()))
                .map(Setting::key)
                .toList();
    }

    // Control characters would break the one line that a message is.
    private String quoted(String key) {
        return '"' + text(key).replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private Value value(String key) {
        return Objects.requireNonNull(byKey.get(key), key);
    }
}

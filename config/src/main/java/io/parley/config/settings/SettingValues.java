package io.parley.config.settings;

import io.parley.kernel.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is set, read as what it should be; what cannot be is told with the setting's name and where it was set. */
public record SettingValues(Map<String, Value> byKey) {

    public record Value(String text, String origin) {}

    public int number(String key, int least, int most) {
        try {
            int number = Integer.parseInt(text(key));
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // told below, like a number out of range
        }
        throw wrong(key, quoted(key) + " is not a whole number from " + least + " to " + most);
    }

    public Duration duration(String key, Duration least, Duration most) {
        try {
            var duration = HumanDuration.parse(text(key));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) return duration;
        } catch (DateTimeParseException notADuration) {
            // told below, like a duration out of range
        }
        throw wrong(
                key,
                quoted(key) + " is not a time from " + HumanDuration.text(least) + " to " + HumanDuration.text(most)
                        + ", like 500ms or 12s");
    }

    public boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, quoted(key) + " is neither true nor false");
        };
    }

    public String name(String key) {
        if (text(key).isBlank()) throw wrong(key, "must not be empty");
        return text(key);
    }

    public Path path(String key) {
        try {
            return Path.of(name(key));
        } catch (InvalidPathException notAPath) {
            throw wrong(key, quoted(key) + " is not a path");
        }
    }

    /** What stands between commas. */
    public List<String> list(String key) {
        return Stream.of(text(key).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Nothing where it is empty. */
    public Optional<Secret> secret(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    public SettingsException wrong(String key, String fault) {
        return new SettingsException(key, fault + " (" + value(key).origin() + ")");
    }

    private String quoted(String key) {
        return '"' + text(key).replaceAll("\\p{Cntrl}", "?") + '"';
    }

    public String text(String key) {
        return value(key).text();
    }

    private Value value(String key) {
        return Objects.requireNonNull(byKey.get(key), key);
    }
}

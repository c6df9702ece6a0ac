package io.parley.config.cli;

import io.parley.config.settings.HumanDuration;
import io.parley.retention.TrashPurge;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "purge",
        description =
                "Remove for good what has lain in the trash for long, in batches. A running server does so by itself.")
final class PurgeCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = Age.class,
            description = "In the trash for at least so long, like 12h or 30d. (what retention.deleted-days says)")
    private @Nullable Duration olderThan;

    @Override
    public void run() {
        commands.maintain(this::purge);
    }

    private void purge(CommandContext maintenance) {
        var age = olderThan == null ? maintenance.settings().retention().deleted() : olderThan;
        var removed = new TrashPurge(maintenance.trash(), age).run().await();
        maintenance.tell("Removed for good: " + text(removed) + ".");
    }

    private static String text(Map<String, Long> removed) {
        return removed.entrySet().stream()
                .map(module -> module.getValue() + " " + module.getKey())
                .collect(Collectors.joining(", "));
    }

    static final class Age implements ITypeConverter<Duration> {
        private static final Duration LONGEST = Duration.ofDays(36_500);

        @Override
        public Duration convert(String text) {
            try {
                var age = HumanDuration.parse(text);
                if (age.compareTo(LONGEST) <= 0) return age;
            } catch (DateTimeParseException notATime) {
                // told below, like one that is too long
            }
            throw new TypeConversionException("not a time of at most 36500d, like 12h or 30d");
        }
    }
}

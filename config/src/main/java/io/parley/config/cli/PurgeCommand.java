package io.parley.config.cli;

import io.parley.kernel.time.HumanDuration;
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
        description = "Permanently delete old items from the trash, in batches. A running server does this by itself.")
final class PurgeCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "Purge what was deleted at least this long ago, such as 12h or 30d (default: the setting"
                    + " retention.trash-days).")
    private @Nullable Duration olderThan;

    @Override
    public void run() {
        commands.runOnDatabase(this::purge);
    }

    private void purge(CommandContext context) {
        var age = olderThan == null ? context.settings().retention().trashAge() : olderThan;
        var purged = new TrashPurge(context.startDataModules(), age).run().await();
        context.print("Purged: " + text(purged) + ".");
    }

    private static String text(Map<String, Long> rowsByModule) {
        return rowsByModule.entrySet().stream()
                .map(module -> module.getValue() + " " + module.getKey())
                .collect(Collectors.joining(", "));
    }

    static final class AgeConverter implements ITypeConverter<Duration> {
        private static final Duration MAX = Duration.ofDays(36_500);

        @Override
        public Duration convert(String text) {
            try {
                var age = HumanDuration.parse(text);
                if (age.compareTo(MAX) <= 0) return age;
            } catch (DateTimeParseException notADuration) {
                // refused below, like one that is too long
            }
            throw new TypeConversionException("must be a time of at most 36500d, such as 12h or 30d");
        }
    }
}

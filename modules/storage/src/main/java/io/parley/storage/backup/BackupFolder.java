package io.parley.storage.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of scheduled backups, which are named by their time. It may hold other files, which stay. */
public record BackupFolder(Path folder) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'parley-'uuuuMMdd'T'HHmmss'Z.zip'");

    private record Named(Path file, Instant time) {}

    /** When the newest backup was begun. */
    public Optional<Instant> newest() throws IOException {
        return backups().stream().map(Named::time).max(Comparator.naturalOrder());
    }

    public Path fileOf(Instant time) {
        return folder.resolve(NAME.format(time.atOffset(ZoneOffset.UTC)));
    }

    /** Deletes the oldest backups beyond a number. */
    public void keep(int number) throws IOException {
        var oldest = backups().stream()
                .sorted(Comparator.comparing(Named::time).reversed())
                .skip(number)
                .toList();
        for (var backup : oldest) Files.deleteIfExists(backup.file());
    }

    private List<Named> backups() throws IOException {
        if (Files.notExists(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(BackupFolder::named)
                    .toList();
        }
    }

    private static Stream<Named> named(Path file) {
        try {
            var time = LocalDateTime.parse(file.getFileName().toString(), NAME);
            return Stream.of(new Named(file, time.toInstant(ZoneOffset.UTC)));
        } catch (DateTimeParseException another) {
            return Stream.empty();
        }
    }
}

package io.parley.assistant.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Tables in src/test/resources/phrases: a row a line, its columns between bars; an empty or missing column is null. */
final class PhraseTable {
    static Stream<Arguments> rows(String name, int columns) {
        try (var file = Objects.requireNonNull(PhraseTable.class.getResourceAsStream("/phrases/" + name + ".txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank()).map(line -> row(line, columns)).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Arguments row(String line, int columns) {
        var cells = line.split("\\|", -1);
        var row = new Object[columns];
        for (int at = 0; at < Math.min(columns, cells.length); at++)
            row[at] = cells[at].isBlank() ? null : cells[at].strip();
        return Arguments.of(row);
    }

    private PhraseTable() {}
}

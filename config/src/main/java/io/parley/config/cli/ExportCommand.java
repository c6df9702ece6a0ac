package io.parley.config.cli;

import io.parley.config.server.StartException;
import io.parley.transfer.Exporter;
import io.vertx.core.buffer.Buffer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "export",
        description = "Write all that a user has and has not deleted: a line of JSON for each conversation, with its"
                + " messages, then one for each task.")
final class ExportCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(names = "--user", required = true, paramLabel = "EMAIL", description = "Whose.")
    @SuppressWarnings("NullAway.Init")
    private String email;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; it is there only when it is complete. (standard output)")
    private @Nullable Path output;

    @Override
    public void run() {
        commands.maintain(maintenance -> {
            if (output == null) print(maintenance);
            else write(maintenance, output);
        });
    }

    private void print(CommandContext maintenance) {
        try {
            export(maintenance, new FileOutputStream(FileDescriptor.out), ProgressDisplay.NONE);
        } catch (IOException failure) {
            throw new StartException("cannot write to the standard output: " + failure.getMessage(), failure);
        }
    }

    private void write(CommandContext maintenance, Path target) {
        var absolute = target.toAbsolutePath();
        try {
            // Made for its owner alone (0600), in the same directory so that it can be moved.
            var part = Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", ".part");
            try {
                int lines = export(maintenance, part);
                Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
                maintenance.tell("Exported: " + lines + ".");
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failure) {
            throw new StartException("cannot write the file " + target + ": " + failure.getMessage(), failure);
        }
    }

    private int export(CommandContext maintenance, Path part) throws IOException {
        try (var out = Files.newOutputStream(part);
                var progress = ProgressDisplay.ofLines("Exporting")) {
            return export(maintenance, out, progress);
        }
    }

    @SuppressWarnings("RedundantThrows") // what the future fails with is thrown as it is
    private int export(CommandContext maintenance, OutputStream out, ProgressDisplay progress) throws IOException {
        var bus = maintenance.everything();
        var exporter = new Exporter(
                bus,
                maintenance.caller(email),
                piece -> maintenance.vertx().<Void>executeBlocking(() -> {
                    out.write(piece.getBytes());
                    progress.add(lines(piece));
                    return null;
                }));
        return exporter.run().await();
    }

    private static long lines(Buffer piece) {
        long lines = 0;
        for (int at = 0; at < piece.length(); at++) if (piece.getByte(at) == '\n') lines++;
        return lines;
    }
}

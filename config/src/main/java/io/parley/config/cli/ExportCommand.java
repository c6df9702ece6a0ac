package io.parley.config.cli;

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
        description = "Export the data of one user as lines of JSON: one per conversation, with its messages, then one"
                + " per task, then one or more per file. Leaves out what is in the trash.")
final class ExportCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(names = "--user", required = true, paramLabel = "EMAIL", description = "The user to export.")
    @SuppressWarnings("NullAway.Init")
    private String email;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write (default: standard output). It appears only when it is complete.")
    private @Nullable Path output;

    @Override
    public void run() {
        commands.runOnDatabase(context -> {
            if (output == null) exportToStandardOutput(context);
            else exportToFile(context, output);
        });
    }

    private void exportToStandardOutput(CommandContext context) {
        try {
            export(context, new FileOutputStream(FileDescriptor.out), ProgressDisplay.NONE);
        } catch (IOException failure) {
            throw new CommandException("cannot write to the standard output: " + failure.getMessage(), failure);
        }
    }

    private void exportToFile(CommandContext context, Path target) {
        var absolute = target.toAbsolutePath();
        try {
            // createTempFile makes it readable by its owner only; the same directory, so that it can be moved.
            var partial = Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", ".part");
            try {
                int lines = exportToPartialFile(context, partial);
                Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
                context.print("Exported: " + lines + ".");
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException failure) {
            throw new CommandException("cannot write the file " + target + ": " + failure.getMessage(), failure);
        }
    }

    private int exportToPartialFile(CommandContext context, Path partial) throws IOException {
        try (var out = Files.newOutputStream(partial);
                var progress = ProgressDisplay.ofLines("Exporting")) {
            return export(context, out, progress);
        }
    }

    @SuppressWarnings("RedundantThrows") // await() throws what the future fails with, which may be an IOException
    private int export(CommandContext context, OutputStream out, ProgressDisplay progress) throws IOException {
        var bus = context.startAdministratorsAndDataModules();
        var exporter = new Exporter(
                bus,
                context.caller(email),
                chunk -> context.vertx().<Void>executeBlocking(() -> {
                    out.write(chunk.getBytes());
                    progress.add(lines(chunk));
                    return null;
                }));
        return exporter.run().await();
    }

    private static long lines(Buffer chunk) {
        long lines = 0;
        for (int at = 0; at < chunk.length(); at++) if (chunk.getByte(at) == '\n') lines++;
        return lines;
    }
}

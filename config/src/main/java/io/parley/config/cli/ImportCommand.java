package io.parley.config.cli;

import io.parley.transfer.ImportReport;
import io.parley.transfer.Importer;
import io.parley.transfer.LineRemark;
import io.parley.transfer.archive.ArchiveTooLargeException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "import",
        description =
                "Import conversations and tasks into one user's account. The file is an export of Parley, ChatGPT,"
                        + " Claude, Open WebUI or LibreChat, as downloaded or unpacked, or has lines in the form of OpenAI's"
                        + " chat API or of ShareGPT. Conversations that already exist get their new messages.")
final class ImportCommand implements Runnable {
    private static final int CHUNK_BYTES = 64 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Parameters(paramLabel = "FILE", description = "The file to import.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--user", required = true, paramLabel = "EMAIL", description = "The user who gets the data.")
    @SuppressWarnings("NullAway.Init")
    private String email;

    @Override
    public void run() {
        if (!Files.isReadable(file) || Files.isDirectory(file))
            throw new CommandException("cannot read the file " + file);
        commands.runOnDatabase(this::importFile);
    }

    private void importFile(CommandContext context) {
        var bus = context.startAdministratorsAndDataModules();
        var importer = new Importer(
                context.vertx(),
                bus,
                context.caller(email),
                context.settings().importLimits().archive(),
                Optional.empty(),
                () -> {});
        try (var progress = ProgressDisplay.ofBytes("Importing", Files.size(file));
                var in = Files.newInputStream(file)) {
            read(in, importer, progress);
            print(context, importer.finish().await());
        } catch (IOException failure) {
            importer.abandon().await();
            throw new CommandException("cannot read the file " + file + ": " + failure.getMessage(), failure);
        } catch (ArchiveTooLargeException failure) {
            importer.abandon().await();
            throw new CommandException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static void read(InputStream in, Importer importer, ProgressDisplay progress) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
            importer.take(Buffer.buffer(Arrays.copyOf(chunk, size))).await();
            progress.add(size);
        }
    }

    private static void print(CommandContext context, ImportReport report) {
        for (var note : report.notes()) context.print(text(note));
        for (var failure : report.failed()) context.print(text(failure));
        context.print("Imported: " + report.imported() + ". Updated: " + report.updated() + ". Unchanged: "
                + report.unchanged() + ".");
        if (!report.failed().isEmpty())
            throw new CommandException(report.failed().size() + " lines were not imported");
    }

    private static String text(LineRemark remark) {
        if (remark.file() == null) return "Line " + remark.line() + ": " + remark.detail();
        return remark.file() + (remark.line() == null ? "" : ", line " + remark.line()) + ": " + remark.detail();
    }
}

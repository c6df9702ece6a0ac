package io.parley.config.cli;

import io.parley.transfer.ImportReport;
import io.parley.transfer.Importer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "import",
        description =
                "Import conversations and tasks into one user's account. The file is an export of Parley, lines in"
                        + " the form of OpenAI's chat API, or the conversations.json of a ChatGPT export. What already exists"
                        + " is left unchanged.")
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
        var importer = new Importer(bus, context.caller(email));
        try (var progress = ProgressDisplay.ofBytes("Importing", Files.size(file));
                var in = Files.newInputStream(file)) {
            read(in, importer, progress);
        } catch (IOException failure) {
            importer.abandon().await();
            throw new CommandException("cannot read the file " + file + ": " + failure.getMessage(), failure);
        }
        print(context, importer.finish().await());
    }

    private static void read(InputStream in, Importer importer, ProgressDisplay progress) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
            importer.take(Buffer.buffer(Arrays.copyOf(chunk, size))).await();
            progress.add(size);
        }
    }

    private static void print(CommandContext context, ImportReport report) {
        for (var failure : report.failed()) context.print("Line " + failure.line() + ": " + failure.detail());
        context.print("Imported: " + report.imported() + ".");
        if (!report.failed().isEmpty())
            throw new CommandException(report.failed().size() + " lines were not imported");
    }
}

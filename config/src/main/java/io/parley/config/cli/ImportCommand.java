package io.parley.config.cli;

import io.parley.config.server.StartException;
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
                "Take conversations and tasks into a user's account: an export's lines, lines in the form of"
                        + " OpenAI's chat API, or the conversations.json of a ChatGPT export. What is there already is left alone.")
final class ImportCommand implements Runnable {
    private static final int PIECE = 64 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Parameters(paramLabel = "FILE", description = "What to read.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--user", required = true, paramLabel = "EMAIL", description = "Whose it becomes.")
    @SuppressWarnings("NullAway.Init")
    private String email;

    @Override
    public void run() {
        if (!Files.isReadable(file) || Files.isDirectory(file))
            throw new StartException("cannot read the file " + file);
        commands.maintain(this::take);
    }

    private void take(CommandContext maintenance) {
        var importer = new Importer(maintenance.everything(), maintenance.caller(email));
        try (var progress = ProgressDisplay.ofBytes("Importing", Files.size(file));
                var in = Files.newInputStream(file)) {
            read(in, importer, progress);
        } catch (IOException failure) {
            importer.abandon().await();
            throw new StartException("cannot read the file " + file + ": " + failure.getMessage(), failure);
        }
        tell(maintenance, importer.finish().await());
    }

    private static void read(InputStream in, Importer importer, ProgressDisplay progress) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            importer.take(Buffer.buffer(Arrays.copyOf(piece, size))).await();
            progress.add(size);
        }
    }

    private static void tell(CommandContext maintenance, ImportReport report) {
        for (var failure : report.failed()) maintenance.tell("Line " + failure.line() + ": " + failure.detail());
        maintenance.tell("Imported: " + report.imported() + ".");
        if (!report.failed().isEmpty()) throw new StartException(report.failed().size() + " lines were not imported");
    }
}

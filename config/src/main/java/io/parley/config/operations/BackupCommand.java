package io.parley.config.operations;

import io.parley.config.backup.Backups;
import io.parley.config.server.Resources;
import io.parley.config.settings.Settings;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.storage.backup.BackupException;
import io.parley.storage.backup.BackupFile;
import io.parley.storage.backup.BackupResult;
import io.parley.storage.backup.BackupWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "backup",
        description = "Write the embedded database and the secrets in data.dir to one file, beside a running server or"
                + " without one. It has the secrets in clear unless there is a passphrase.")
public final class BackupCommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandHost host;

    @Parameters(paramLabel = "FILE", description = "The file to write; - is the standard output.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(names = "--without-secrets", description = "Leave out keyset.json and jwt.secret.")
    private boolean withoutSecrets;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The first line of this file encrypts the secrets (default: the setting backup.passphrase).")
    private @Nullable Path passphraseFile;

    @Override
    public void run() {
        host.run(this::backUp);
    }

    private void backUp(Settings settings, Resources resources) {
        Backups.requireEmbedded(settings, file.equals(STANDARD_OUTPUT) ? "parley.dump" : file);
        var passphrase = Backups.passphrase(Optional.ofNullable(passphraseFile), settings);
        var result = write(Backups.writer(open(settings, resources), settings, !withoutSecrets, passphrase), resources);
        host.err().println("Backed up: " + result + ".");
    }

    private static DatabaseUrl open(Settings settings, Resources resources) {
        var directory = settings.dataDir().toAbsolutePath().normalize();
        if (!EmbeddedPostgres.exists(directory)) throw new BackupException("there is no database in " + directory);
        return EmbeddedPostgres.attach(directory).orElseGet(() -> {
            var postgres = EmbeddedPostgres.start(directory);
            resources.add("the embedded PostgreSQL", postgres);
            return postgres.url();
        });
    }

    private BackupResult write(BackupWriter writer, Resources resources) {
        if (file.equals(STANDARD_OUTPUT)) return BackupFile.writeToStandardOutput(writer);
        var target = Path.of(file);
        resources.add("the unfinished backup", () -> Files.deleteIfExists(BackupFile.partOf(target)));
        return BackupFile.write(writer, target);
    }
}

package io.parley.config.operations;

import io.parley.config.backup.Backups;
import io.parley.config.backup.Restores;
import io.parley.config.server.Resources;
import io.parley.config.settings.Settings;
import io.parley.storage.backup.BackupArchive;
import io.parley.storage.backup.Restore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "restore",
        description = "Restore a backup to an empty data.dir, or to an empty database at database.url. Everything is"
                + " checked first, and nothing is left of a restore that fails.")
public final class RestoreCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandHost host;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--verify", description = "Only check the file and print what it has.")
    private boolean isCheck;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The first line of this file decrypts the secrets (default: the setting backup.passphrase).")
    private @Nullable Path passphraseFile;

    @Override
    public void run() {
        host.run(isCheck ? this::verify : this::restore);
    }

    private void verify(Settings settings, Resources resources) {
        try (var backup = BackupArchive.open(file)) {
            Restore.check(backup);
            var passphrase = Backups.passphrase(Optional.ofNullable(passphraseFile), settings);
            if (passphrase != null) backup.secrets(passphrase);
            host.out().println(backup.manifest().text());
        }
    }

    private void restore(Settings settings, Resources resources) {
        try (var backup = BackupArchive.open(file)) {
            var passphrase = Backups.passphrase(Optional.ofNullable(passphraseFile), settings);
            var restored = new Restores(settings)
                    .run(backup, passphrase, staged -> resources.add("the unfinished restore", staged));
            for (var warning : restored.warnings()) host.err().println("parley: warning: " + warning);
            host.err().println("Restored: " + restored.result() + ".");
        }
    }
}

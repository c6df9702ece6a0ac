package io.parley.config.cli;

import io.parley.config.server.StartException;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Bus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "keys", description = "Look after the keyset that provider keys are encrypted with.")
final class KeysCommand {
    /** So few rows that one question is answered long before it times out. */
    private static final int BATCH = 100;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Command(
            description = "Add a new primary key to the keyset and encrypt everything under it, while servers run. A"
                    + " keyset from the setting is left as it is; what is stored is encrypted under its primary key.")
    void rotate() {
        commands.maintain(KeysCommand::rotate);
    }

    private static void rotate(CommandContext maintenance) {
        var bus = maintenance.providerKeys();
        if (maintenance.settings().keys().keyset() == null) {
            int keys = bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()).await().keys();
            maintenance.tell("The keyset has a new primary key; it holds " + keys + " now.");
        }
        long rows = 0;
        Reencrypted walk;
        // Again until there is nothing left: a server may just have used the key before while the first walk passed.
        do {
            walk = walk(bus);
            rows += walk.rows();
        } while (walk.rows() > 0);
        maintenance.tell("Encrypted anew: " + rows + " provider keys.");
        if (walk.unreadable() > 0)
            throw new StartException(
                    "no key of the keyset decrypts " + walk.unreadable() + " provider keys, which stay as they are");
    }

    private static Reencrypted walk(Bus bus) {
        @Nullable UUID after = null;
        int rows = 0;
        int unreadable = 0;
        do {
            var batch = bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(after, BATCH))
                    .await();
            rows += batch.rows();
            unreadable += batch.unreadable();
            after = batch.last();
        } while (after != null);
        return new Reencrypted(null, rows, unreadable);
    }
}

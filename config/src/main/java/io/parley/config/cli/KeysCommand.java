package io.parley.config.cli;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "keys", description = "Manage the keyset, and the keys of users that it encrypts.")
final class KeysCommand {
    /** Few enough rows that one request finishes long before the bus times out. */
    private static final int BATCH_ROWS = 100;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Command(
            description = "Add a new primary key to the keyset and re-encrypt all secrets with it. Servers may"
                    + " keep running. A keyset from the setting keys.keyset is not changed; the secrets are then"
                    + " re-encrypted with its primary key.")
    void rotate(
            @Option(
                            names = "--user-keys",
                            description = "Instead, add a new key to those of each user who encrypts conversations or"
                                    + " tasks. What is stored from then on is encrypted with it.")
                    boolean userKeys) {
        commands.runOnDatabase(userKeys ? KeysCommand::addUserKeys : KeysCommand::rotate);
    }

    private static void addUserKeys(CommandContext context) {
        var bus = context.startUsers();
        var pass = all(after -> bus.ask(ApiKeys.ROTATE_USER_KEYS, new ApiKeys.RotateUserKeys(after, BATCH_ROWS)));
        context.print("Users with a new key: " + pass.rows() + ".");
        refuseUnreadable(pass);
    }

    private static void rotate(CommandContext context) {
        var bus = context.startUsers();
        if (context.settings().keys().keyset() == null) {
            int keys = bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()).await().keys();
            context.print("The keyset has a new primary key; it now holds " + keys + " keys.");
        }
        long rows = 0;
        Reencrypted pass;
        // Again until a pass finds nothing: during the first one a server may still have used the previous key.
        do {
            pass = all(after -> bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(after, BATCH_ROWS)));
            rows += pass.rows();
        } while (pass.rows() > 0);
        context.print("Re-encrypted: " + rows + " provider keys, secrets of TOTP and of webhooks, and keys of users.");
        refuseUnreadable(pass);
    }

    private static void refuseUnreadable(Reencrypted pass) {
        if (pass.unreadable() > 0)
            throw new CommandException("no key of the keyset decrypts " + pass.unreadable()
                    + " secrets; they stay unchanged. Add the key that encrypted them to the keyset, or let their"
                    + " owners store them again");
    }

    private static Reencrypted all(Function<ApiKeys.@Nullable Place, Future<Reencrypted>> next) {
        ApiKeys.@Nullable Place after = null;
        int rows = 0;
        int unreadable = 0;
        do {
            var batch = next.apply(after).await();
            rows += batch.rows();
            unreadable += batch.unreadable();
            after = batch.last();
        } while (after != null);
        return new Reencrypted(null, rows, unreadable);
    }
}

package io.parley.config.cli;

import io.parley.config.server.DatabaseSetup;
import io.parley.config.server.Deployment;
import io.parley.config.server.Resources;
import io.parley.config.server.Role;
import io.parley.config.server.StartException;
import io.parley.config.settings.Settings;
import io.parley.contracts.users.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.storage.migration.Migrations;
import io.parley.storage.migration.SchemaVersion;
import io.parley.storage.migration.SchemaVersion.State;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Files;

/**
 * A process that does one thing to the database and ends. What it needs for that it starts, and asks at the addresses at
 * which a server's modules answer too; on a bus of its own, so that it needs no server.
 */
final class CommandContext {
    private final Vertx vertx;
    private final Settings settings;
    private final Resources running;
    private final PrintWriter out;
    private final DatabaseSetup storage;
    private final Deployment deployment;

    /** The database is the one that a running server uses, or is started for this. */
    CommandContext(Vertx vertx, Settings settings, Resources running, PrintWriter out) {
        this.vertx = vertx;
        this.settings = settings;
        this.running = running;
        this.out = out;
        this.storage = DatabaseSetup.openOrAttach(settings, running);
        this.deployment = new Deployment(vertx, Role.ALL, settings.instances(), running);
    }

    Vertx vertx() {
        return vertx;
    }

    Settings settings() {
        return settings;
    }

    /** One line for whoever gave the command. */
    void tell(String line) {
        out.println(line);
    }

    Migrations migrations() {
        return new Migrations(storage.url(), settings.search());
    }

    /** Where the modules answer that have something to purge. */
    Bus trash() {
        deployment.trash(database());
        return deployment.bus();
    }

    /** Where the administrators are asked about. */
    Bus administrators() {
        deployment.administrators(database());
        return deployment.bus();
    }

    /** Where all that a user has is asked about, and who that is. */
    Bus everything() {
        var database = database();
        deployment.trash(database);
        deployment.administrators(database);
        return deployment.bus();
    }

    /** Whoever has registered with that address; only where {@link #everything} answers. */
    Caller caller(String email) {
        var user = deployment
                .bus()
                .ask(Administration.FIND_BY_EMAIL, new Administration.FindByEmail(email))
                .await();
        return new Caller(user.id(), user.role());
    }

    /** Where provider keys are asked about. Makes no keyset: that would be another one than the keys were stored with. */
    Bus providerKeys() {
        var keys = settings.keys();
        if (keys.keyset() == null && Files.notExists(keys.file()))
            throw new StartException("there is no keyset " + keys.file() + ": a server makes it on its first start");
        deployment.users(database(), settings.passwords(), keys);
        return deployment.bus();
    }

    private Database database() {
        migrations().status().stream()
                .filter(version -> version.state() != State.APPLIED)
                .findFirst()
                .ifPresent(CommandContext::refuse);
        var database =
                Database.connect(vertx, storage.url(), settings.database().pool());
        running.add("The pool of connections", () -> database.close().await());
        return database;
    }

    private static void refuse(SchemaVersion version) {
        throw new StartException(
                version.state() == State.UNKNOWN
                        ? "the database has the migration " + version.version()
                                + ", which this program does not know: a newer Parley was here"
                        : "the schema lacks version " + version.version() + ": run migrate first");
    }
}

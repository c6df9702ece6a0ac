package io.parley.config.cli;

import io.parley.config.server.DatabaseConnections;
import io.parley.config.server.DatabaseSetup;
import io.parley.config.server.Deployment;
import io.parley.config.server.Resources;
import io.parley.config.settings.Settings;
import io.parley.config.settings.operations.Role;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.storage.migration.Distribution;
import io.parley.storage.migration.Migrations;
import io.parley.storage.migration.RowSecurity;
import io.parley.storage.migration.SchemaVersion;
import io.parley.storage.migration.SchemaVersion.State;
import io.parley.storage.sealing.UserKeyStore;
import io.parley.users.UsersSettings;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;

/**
 * What a command works with: the database and, if it needs them, modules on a bus of its own. So a command sends
 * its requests to the same addresses as a server, and needs no server.
 */
final class CommandContext {
    private final Vertx vertx;
    private final Settings settings;
    private final Resources resources;
    private final PrintWriter out;
    private final DatabaseSetup setup;
    private final Deployment deployment;

    /** Uses the database of a running server, or starts the embedded one for this command. */
    CommandContext(Vertx vertx, Settings settings, Resources resources, PrintWriter out) {
        this.vertx = vertx;
        this.settings = settings;
        this.resources = resources;
        this.out = out;
        this.setup = DatabaseSetup.openOrAttach(settings, resources);
        this.deployment = new Deployment(vertx, Role.ALL, settings.instances(), resources);
    }

    Vertx vertx() {
        return vertx;
    }

    Settings settings() {
        return settings;
    }

    void print(String line) {
        out.println(line);
    }

    Migrations migrations() {
        return new Migrations(setup.owner(), settings.database().search());
    }

    /** Fails if {@link #distribute} cannot work on this server. */
    void requireCitus() {
        Distribution.requireCitus(setup.owner());
    }

    /** Returns the tables that it has distributed. */
    List<String> distribute() {
        return Distribution.run(setup.owner());
    }

    /** Keeps the rows of users apart in new tables as well, if the settings want it. */
    void secure() {
        DatabaseConnections.secure(setup, settings.database());
    }

    /** The statements that create the roles of row-level security. */
    List<String> roles() {
        return RowSecurity.roles(setup.url().user());
    }

    Bus startDataModules() {
        deployment.deployDataModules(connect(), settings.webhooks());
        return deployment.bus();
    }

    Bus startAudit() {
        deployment.deployAudit(connect(), settings.audit());
        return deployment.bus();
    }

    Bus startAdministrators() {
        deployment.deployAdministrators(connect(), settings.accounts().sendsMail());
        return deployment.bus();
    }

    /** For commands on one user's data: {@link #caller} finds the user. */
    Bus startAdministratorsAndDataModules() {
        var database = connect();
        deployment.deployAdministrators(database, settings.accounts().sendsMail());
        deployment.deployDataModules(database, settings.webhooks());
        return deployment.bus();
    }

    /** The user who has registered with this address. Start the administrators first. */
    Caller caller(String email) {
        var user = deployment
                .bus()
                .ask(Administration.FIND_BY_EMAIL, new Administration.FindByEmail(email))
                .await();
        return new Caller(user.id(), user.role());
    }

    /** Refuses to create a keyset, because it could not decrypt the stored provider keys. */
    Bus startUsers() {
        var keys = settings.keys();
        if (keys.keyset() == null && Files.notExists(keys.file()))
            throw new CommandException("there is no keyset at " + keys.file()
                    + "; use the data.dir of the server, which creates the keyset on its first start");
        var database = connect();
        deployment.deployDataModules(database, settings.webhooks());
        deployment.deployUsers(
                database,
                new UsersSettings(
                        settings.passwords(),
                        keys,
                        SessionSettings.withoutClients(),
                        LimitSettings.NONE,
                        settings.accounts(),
                        settings.passkeys(),
                        settings.oidc()));
        return deployment.bus();
    }

    private Database connect() {
        requireCurrentSchema();
        var database = DatabaseConnections.open(vertx, setup, settings.database());
        resources.add("the database pool", () -> database.close().await());
        return UserKeyStore.addKeys(vertx, database, settings.keys());
    }

    private void requireCurrentSchema() {
        migrations().status().stream()
                .filter(version -> version.state() != State.APPLIED)
                .findFirst()
                .ifPresent(CommandContext::refuse);
    }

    private static void refuse(SchemaVersion version) {
        if (version.state() == State.UNKNOWN)
            throw new CommandException("the database has migration " + version.version()
                    + ", which this version of Parley does not know; use the newer version that migrated it");
        if (version.version() == 1) throw new CommandException("The database has no schema yet; run `parley migrate`.");
        throw new CommandException(
                "The database schema lacks version " + version.version() + "; run `parley migrate`.");
    }
}

package io.parley.users.keys;

import static io.parley.testing.Fixtures.ada;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.sealing.UserKeyStore;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Provider keys of Ada that a server has stored, and rotations that share only its keyset and its database. */
record KeyRotationScene(Vertx vertx, Bus bus, Database database, Path file) {
    static final int BATCH = 3;

    /** Starts the server anew, without any provider key. */
    void deployWithNone() {
        run("DELETE FROM api_keys");
        deploy(settings());
    }

    /** Starts the server anew. */
    void deploy(KeysetSettings settings) {
        for (var deployed : vertx.deploymentIDs()) Answers.of(vertx.undeploy(deployed));
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                settings,
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
    }

    KeysetSettings settings() {
        return new KeysetSettings(null, file);
    }

    KeyRotation rotation() {
        return rotation(settings());
    }

    KeyRotation rotation(KeysetSettings settings) {
        var encryption = KeyEncryption.open(vertx, settings);
        return new KeyRotation(
                List.of(new ApiKeyStore(database)),
                new UserKeyRotation(new UserKeyStore(database), encryption),
                encryption,
                database);
    }

    List<Secret> create(int count) {
        var keys = IntStream.range(0, count)
                .mapToObj(each -> new Secret("secret " + each))
                .toList();
        for (int each = 0; each < count; each++) {
            var draft = new ApiKeyDraft("provider " + each, keys.get(each), null);
            Answers.of(bus.ask(ApiKeys.CREATE, new ApiKeys.Create(ada, draft, Origin.LOCAL)));
        }
        return keys;
    }

    List<Secret> revealed(List<Secret> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(each -> reveal("provider " + each))
                .toList();
    }

    Secret reveal(String provider) {
        return Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, provider)));
    }

    static Reencrypted pass(KeyRotation rotation) {
        int rows = 0;
        int unreadable = 0;
        ApiKeys.Place last = null;
        do {
            var done = Answers.of(rotation.reencrypt(new ApiKeys.Reencrypt(last, BATCH)));
            rows += done.rows();
            unreadable += done.unreadable();
            last = done.last();
        } while (last != null);
        return new Reencrypted(null, rows, unreadable);
    }

    void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }

    List<String> prefixes() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT DISTINCT encode(substring(encrypted_key FROM 1 FOR 5), 'hex') AS prefix FROM api_keys",
                        row -> row.getString("prefix"))
                .list(Parameters.none()));
    }
}

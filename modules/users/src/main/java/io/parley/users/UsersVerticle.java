package io.parley.users;

import io.parley.contracts.Health;
import io.parley.contracts.Statistics;
import io.parley.contracts.users.Administration;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.postgres.DatabaseException;
import io.parley.storage.Database;
import io.parley.users.administration.AdministrationRules;
import io.parley.users.administration.AdministrationStore;
import io.parley.users.keys.ApiKeyRules;
import io.parley.users.keys.ApiKeyStore;
import io.parley.users.keys.KeyEncryption;
import io.parley.users.keys.KeyRotation;
import io.parley.users.keys.KeysetException;
import io.parley.users.keys.KeysetHolder;
import io.parley.users.keys.KeysetSettings;
import io.parley.users.profile.AccountRules;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SessionStore;
import io.parley.users.signin.PasswordHasher;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Answers for accounts, sessions and provider keys; the only owner of their tables. */
public final class UsersVerticle extends VerticleBase {
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Bus bus;
    private final Database database;
    private final PasswordHasher passwords;
    private final KeyEncryption vault;

    private UsersVerticle(Bus bus, Database database, PasswordHasher passwords, KeyEncryption vault) {
        this.bus = bus;
        this.database = database;
        this.passwords = passwords;
        this.vault = vault;
    }

    /**
     * Any number of instances, which share one bounded pool for the hashing of passwords, and the keyset. Blocks for the
     * keyset's file; fails with {@link DatabaseException} where the keyset cannot be used.
     */
    public static Supplier<UsersVerticle> instances(
            Vertx vertx, Bus bus, Database database, PasswordSettings passwordSettings, KeysetSettings keySettings) {
        var passwords = new PasswordHasher(vertx, passwordSettings);
        var vault = new KeyEncryption(vertx, ring(keySettings));
        return () -> new UsersVerticle(bus, database, passwords, vault);
    }

    private static KeysetHolder ring(KeysetSettings settings) {
        try {
            return KeysetHolder.open(settings);
        } catch (KeysetException failure) {
            throw new DatabaseException(String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public Future<?> start() {
        var sessions = new SessionRules(new SessionStore(database), new UserStore(database), bus);
        var accounts = new AccountRules(new UserStore(database), sessions, passwords);
        var admins = new AdministrationRules(new AdministrationStore(database), new UserStore(database), sessions);
        var keyStore = new ApiKeyStore(database);
        var keys = new ApiKeyRules(keyStore, vault);
        var rotation = new KeyRotation(keyStore, vault);
        vertx.setPeriodic(FORGET_EVERY.toMillis(), timer -> sessions.forget());
        return Future.all(List.of(
                bus.answer(Users.REGISTER, accounts::register),
                bus.answer(Users.LOGIN, accounts::login),
                bus.answer(Users.CHANGE_PASSWORD, accounts::changePassword),
                bus.answer(Users.FIND, accounts::find),
                bus.answer(Users.UPDATE, accounts::update),
                bus.answer(Users.DELETE, accounts::delete),
                bus.answer(Sessions.REFRESH, sessions::refresh),
                bus.answer(Sessions.LOGOUT, sessions::logout),
                bus.answer(Sessions.LIST, sessions::list),
                bus.answer(Sessions.END, sessions::end),
                bus.answer(Sessions.RECENTLY_ENDED, sessions::recentlyEnded),
                bus.answer(ApiKeys.CREATE, keys::create),
                bus.answer(ApiKeys.FIND, keys::find),
                bus.answer(ApiKeys.LIST, keys::list),
                bus.answer(ApiKeys.UPDATE, keys::update),
                bus.answer(ApiKeys.DELETE, keys::delete),
                bus.answer(ApiKeys.REVEAL, keys::reveal),
                bus.answer(ApiKeys.ROTATE, rotation::rotate),
                bus.answer(ApiKeys.REENCRYPT, rotation::reencrypt),
                bus.answer(Administration.LIST, admins::list),
                bus.answer(Administration.FIND, admins::find),
                bus.answer(Administration.UPDATE, admins::update),
                bus.answer(Administration.DELETE, admins::delete),
                bus.answer(Administration.GRANT, admins::grant),
                bus.answer(Administration.REVOKE, admins::revoke),
                bus.answer(Administration.LIST_ADMINS, admins::listAdmins),
                bus.answer(Administration.FIND_BY_EMAIL, admins::findByEmail),
                bus.answer(Statistics.of("users"), admins::figures),
                bus.answer(Health.of("users"), check -> database.ping().map(None.NONE))));
    }
}

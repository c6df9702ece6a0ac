package io.parley.users;

import io.parley.contracts.Health;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Answers for accounts and sessions; the only owner of their tables. */
public final class UsersVerticle extends VerticleBase {
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Bus bus;
    private final Database database;
    private final Passwords passwords;

    private UsersVerticle(Bus bus, Database database, Passwords passwords) {
        this.bus = bus;
        this.database = database;
        this.passwords = passwords;
    }

    /** Any number of instances, which share one bounded pool for the hashing of passwords. */
    public static Supplier<UsersVerticle> instances(
            Vertx vertx, Bus bus, Database database, PasswordSettings settings) {
        var passwords = new Passwords(vertx, settings);
        return () -> new UsersVerticle(bus, database, passwords);
    }

    @Override
    public Future<?> start() {
        var sessions = new SignIns(new SessionStore(database), new UserStore(database), bus);
        var accounts = new Accounts(new UserStore(database), sessions, passwords);
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
                bus.answer(Health.of("users"), check -> database.ping().map(None.NONE))));
    }
}

package io.parley.users;

import io.parley.contracts.users.Administration;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.users.administration.AdministrationRules;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SessionStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Answers the command line's requests about administrators in a process without a {@link UsersVerticle}. Needs no
 * keyset.
 */
public final class AdministratorsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public AdministratorsVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var users = new UserStore(database);
        var sessions = new SessionRules(new SessionStore(database), bus);
        var admins = new AdministrationRules(database, users, sessions);
        return Future.all(
                bus.answer(Administration.GRANT, admins::grant),
                bus.answer(Administration.REVOKE, admins::revoke),
                bus.answer(Administration.RESET_FACTORS_BY_EMAIL, admins::resetFactorsByEmail),
                bus.answer(Administration.LIST_ADMINS, admins::listAdmins),
                bus.answer(Administration.FIND_BY_EMAIL, admins::findByEmail));
    }
}

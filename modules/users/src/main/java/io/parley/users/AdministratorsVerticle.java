package io.parley.users;

import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Invitations;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.users.administration.AdministrationByEmail;
import io.parley.users.administration.AdministrationRules;
import io.parley.users.administration.OperatorRules;
import io.parley.users.invitations.InvitationRules;
import io.parley.users.mail.MailQueue;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.sessions.SessionStore;
import io.parley.users.tokens.GrantRules;
import io.parley.users.tokens.TokenRules;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Answers the command line's requests about administrators in a process without a {@link UsersVerticle}. Needs no
 * keyset.
 */
public final class AdministratorsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final boolean sendsMail;

    /** @param sendsMail whether invitations are mailed, by the servers */
    public AdministratorsVerticle(Bus bus, Database database, boolean sendsMail) {
        this.sendsMail = sendsMail;
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var users = new UserStore(database);
        var sessions = new SessionRules(new SessionStore(database), bus);
        var admins = new AdministrationRules(
                database,
                users,
                sessions,
                new TokenRules(database, sessions, Clock.systemUTC()),
                new GrantRules(database, sessions, SessionSettings.withoutClients()));
        var byEmail = new AdministrationByEmail(database, admins);
        var operator = new OperatorRules(database, users);
        var mails = sendsMail ? Optional.of(new MailQueue(database, bus)) : Optional.<MailQueue>empty();
        var invitations = new InvitationRules(database, mails, Clock.systemUTC());
        return Future.all(List.of(
                bus.answer(Administration.GRANT, byEmail::grant),
                bus.answer(Administration.REVOKE, byEmail::revoke),
                bus.answer(Administration.RESET_FACTORS_BY_EMAIL, byEmail::resetFactors),
                bus.answer(Administration.LIST_ADMINS, byEmail::listAdmins),
                bus.answer(Administration.FIND_BY_EMAIL, byEmail::findByEmail),
                bus.answer(Administration.CREATE_ADMINISTRATOR, operator::createAdministrator),
                bus.answer(Administration.CREATE_RESET_LINK, operator::createResetLink),
                bus.answer(Invitations.INVITE, invitations::invite)));
    }
}

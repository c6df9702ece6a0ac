package io.parley.users.signin;

import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.storage.Database;
import io.parley.users.limits.SignInLimit;
import io.parley.users.links.IssuedLink;
import io.parley.users.links.LinkPurpose;
import io.parley.users.links.LinkStore;
import io.parley.users.links.LinkToken;
import io.parley.users.links.RequestedMails;
import io.parley.users.mail.MailKind;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** The rules of passwords that are chosen by a link, because the old one is forgotten or there is none yet. */
public final class PasswordResets {
    private static final UUID NO_KEPT_SESSION = new UUID(0, 0);

    private final PasswordStore store;
    private final LinkStore links;
    private final UserStore users;
    private final PasswordHasher hasher;
    private final PasswordRules passwords;
    private final SessionRules sessions;
    private final SignInLimit limit;
    private final RequestedMails mails;

    public PasswordResets(
            Database database,
            UserStore users,
            PasswordHasher hasher,
            PasswordRules passwords,
            SessionRules sessions,
            SignInLimit limit,
            RequestedMails mails) {
        this.store = new PasswordStore(database);
        this.links = new LinkStore(database);
        this.users = users;
        this.hasher = hasher;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limit = limit;
        this.mails = mails;
    }

    public Future<None> forgot(MailedLinks.ForgotPassword command) {
        if (!mails.areSent()) throw Problem.mailNotSet();
        return mails.request(MailKind.PASSWORD_RESET, command.email(), null, command.client());
    }

    /** The password is checked before the token is spent, so a user whose choice is refused can choose again. */
    public Future<Sessions.Ended> reset(MailedLinks.ResetPassword command) {
        var reset = command.reset();
        var token = LinkToken.of(reset.token());
        return links.find(token)
                .compose(this::owner)
                .map(user -> checked(user, reset))
                .compose(user -> hasher.hash(
                                reset.newPassword(),
                                ClientNetwork.of(command.client().ip()))
                        .compose(hash -> store.reset(user.id(), token, hash, command.client()))
                        .map(LinkStore::require)
                        .map(sessions::announceEnded)
                        .compose(ended -> finish(user, command.client(), ended)));
    }

    private Future<User> owner(IssuedLink link) {
        if (link.purpose() != LinkPurpose.PASSWORD_RESET)
            return Future.succeededFuture(LinkStore.require(Optional.empty()));
        return users.findById(link.userId()).map(LinkStore::require);
    }

    private User checked(User user, PasswordReset reset) {
        passwords.check("/new_password", reset.newPassword(), user.email(), user.name());
        return user;
    }

    // Failed sign-ins of an attacker must not keep the owner out of this client.
    private Future<Sessions.Ended> finish(User user, Client client, Sessions.Ended ended) {
        return limit.remember(client, user.email())
                .compose(known ->
                        sessions.endOpenedMeanwhile(new Caller(user.id(), user.role()), NO_KEPT_SESSION, ended));
    }
}

package io.parley.users.addresses;

import io.parley.contracts.users.MailedLinks.SendVerification;
import io.parley.contracts.users.MailedLinks.UseLink;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.parley.users.links.IssuedLink;
import io.parley.users.links.LinkPurpose;
import io.parley.users.links.LinkStore;
import io.parley.users.links.LinkToken;
import io.parley.users.links.RequestedMails;
import io.parley.users.mail.MailKind;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The rules of e-mail addresses. Nobody is signed in by confirming one: otherwise somebody could register a stranger's address, and
 * would have the account as soon as the stranger confirms.
 */
public final class AddressRules {
    private final AddressStore store;
    private final LinkStore links;
    private final RequestedMails mails;

    public AddressRules(Database database, RequestedMails mails) {
        this.store = new AddressStore(database);
        this.links = new LinkStore(database);
        this.mails = mails;
    }

    /** Whether another address has to be confirmed before it becomes the account's. */
    public boolean areConfirmed() {
        return mails.areSent();
    }

    public Future<None> sendVerification(SendVerification command) {
        return mails.request(MailKind.VERIFICATION, command.email(), null, command.client());
    }

    public Future<None> verify(UseLink command) {
        var token = LinkToken.of(command.token());
        return owner(token, EnumSet.of(LinkPurpose.VERIFICATION))
                .compose(userId -> store.verify(userId, token, command.client()))
                .map(LinkStore::require)
                .map(None.NONE);
    }

    public Future<None> confirm(UseLink command) {
        var token = LinkToken.of(command.token());
        return owner(token, EnumSet.of(LinkPurpose.NEW_ADDRESS, LinkPurpose.OLD_ADDRESS))
                .compose(userId -> store.confirmChange(userId, token, command.client()))
                .map(LinkStore::require)
                .map(None.NONE);
    }

    private Future<UUID> owner(LinkToken token, Set<LinkPurpose> purposes) {
        return links.find(token)
                .map(link -> LinkStore.require(Optional.of(link).filter(found -> purposes.contains(found.purpose()))))
                .map(IssuedLink::userId);
    }

    /**
     * Asks both addresses, or the new one if the old one was never verified.
     *
     * @param update makes the new address pending
     */
    public Future<User> change(Users.Update command, String newEmail, Supplier<Future<User>> update) {
        return mails.permitOwn(MailKind.NEW_ADDRESS, newEmail, command.client())
                .compose(permitted -> update.get())
                .compose(user -> user.pendingEmail() == null
                        ? Future.succeededFuture(user)
                        : ask(user, user.pendingEmail(), command.client()).map(user));
    }

    private Future<Void> ask(User user, String newEmail, Client client) {
        return mails.send(MailKind.NEW_ADDRESS, newEmail, user.id(), client)
                .compose(asked -> user.emailVerified()
                        ? mails.send(MailKind.OLD_ADDRESS, user.email(), user.id(), client)
                        : Future.succeededFuture());
    }
}

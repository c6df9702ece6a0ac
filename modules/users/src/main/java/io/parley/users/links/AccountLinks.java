package io.parley.users.links;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.users.User;
import io.parley.kernel.Secret;
import io.parley.users.mail.Letter;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Links in mails to the owners of accounts. */
public record AccountLinks(UserStore users, LinkStore links, String publicUrl) {
    /** Writes to the owner of an address; empty if it has no active account. */
    public Future<Optional<Letter>> toOwner(String email, Function<User, Future<Optional<Letter>>> writer) {
        return users.findActive(email)
                .compose(found -> found.map(writer).orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    /** @param email for which the link is good */
    public Future<Secret> issue(User user, LinkPurpose purpose, String email, List<SecurityEvent> events) {
        return links.issue(user.id(), purpose, email, events).map(token -> purpose.link(publicUrl, token));
    }
}

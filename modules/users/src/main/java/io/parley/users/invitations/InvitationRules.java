package io.parley.users.invitations;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.administration.Invitation;
import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.Created;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.users.links.LinkToken;
import io.parley.users.mail.MailKind;
import io.parley.users.mail.MailQueue;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of invitations: only administrators make, see and revoke them. */
public final class InvitationRules {
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);

    /** How long an expired invitation is still listed. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    static final String TOKEN_PREFIX = "inv_";

    private final InvitationStore store;
    private final Optional<MailQueue> mails;
    private final Clock clock;

    /** @param mails empty if no mail is sent */
    public InvitationRules(Database database, Optional<MailQueue> mails, Clock clock) {
        this.store = new InvitationStore(database);
        this.mails = mails;
        this.clock = clock;
    }

    public Future<Created> create(Invitations.Create command) {
        return forAdmin(command.caller(), () -> create(command.draft()));
    }

    /** For the operator, who needs no account. */
    public Future<Created> invite(Invitations.Invite command) {
        return create(command.draft());
    }

    private Future<Created> create(InvitationDraft draft) {
        var token = LinkToken.create(TOKEN_PREFIX);
        return store.insert(draft, expiry(draft.expiresAt()), token)
                .compose(invitation -> mail(invitation).map(new Created(invitation, token.token())));
    }

    private Future<Void> mail(Invitation invitation) {
        if (invitation.email() == null || mails.isEmpty()) return Future.succeededFuture();
        return mails.get().add(MailKind.INVITATION, invitation.email(), invitation.id(), Origin.LOCAL.client());
    }

    private Instant expiry(@Nullable Instant wanted) {
        var now = clock.instant();
        if (wanted == null) return now.plus(Invitations.LIFETIME);
        if (!wanted.isAfter(now)) throw Problem.invalid("/expires_at", "must be in the future");
        if (wanted.isAfter(now.plus(MAX_LIFETIME))) throw Problem.invalid("/expires_at", "must be within a year");
        return wanted;
    }

    public Future<Page<Invitation>> list(Invitations.ListAll query) {
        return forAdmin(query.caller(), () -> store.list(query, clock.instant().minus(REMEMBERED)));
    }

    public Future<None> revoke(Invitations.Revoke command) {
        return forAdmin(command.caller(), () -> store.delete(command.id())).map(deleted -> {
            if (deleted == 0) throw Problem.notFound("invitation");
            return None.NONE;
        });
    }

    /** Deletes invitations that are no longer listed; returns their number. */
    public Future<Integer> cleanUp() {
        return store.deleteExpired(clock.instant().minus(REMEMBERED));
    }

    private <T> Future<T> forAdmin(Caller caller, Supplier<Future<T>> work) {
        caller.requireAdmin();
        return store.isAdmin(caller).compose(admin -> admin ? work.get() : Future.failedFuture(Problem.adminsOnly()));
    }
}

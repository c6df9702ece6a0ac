package io.parley.users;

import io.parley.contracts.users.Mails;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.users.addresses.AddressChangeLetters;
import io.parley.users.addresses.VerificationLetters;
import io.parley.users.invitations.InvitationLetters;
import io.parley.users.links.AccountLinks;
import io.parley.users.links.LinkStore;
import io.parley.users.links.PasswordLetters;
import io.parley.users.links.WebhookLetters;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.MailDispatcher;
import io.parley.users.mail.MailKind;
import io.parley.users.mail.MailSettings;
import io.parley.users.mail.Smtp;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the mails that wait in the database. One instance in a process is enough. */
public final class MailVerticle extends VerticleBase {
    /** How often it looks for mails whose notice was lost, and for those that are due to be tried again. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);

    private final Bus bus;
    private final Database database;
    private final MailSettings settings;
    private @Nullable Smtp smtp;

    public MailVerticle(Bus bus, Database database, MailSettings settings) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        smtp = new Smtp(vertx, settings);
        var dispatcher = new MailDispatcher(database, writers(), smtp);
        vertx.setPeriodic(LOOK_INTERVAL.toMillis(), timer -> dispatcher.run());
        return bus.subscribe(Mails.QUEUED, notice -> dispatcher.run());
    }

    private Map<MailKind, LetterWriter> writers() {
        var users = new UserStore(database);
        var url = settings.publicUrl();
        var links = new AccountLinks(users, new LinkStore(database), url);
        var verifications = new VerificationLetters(links);
        var changes = new AddressChangeLetters(links);
        return Map.of(
                MailKind.PASSWORD_RESET, new PasswordLetters(links),
                MailKind.VERIFICATION, verifications,
                MailKind.REGISTRATION, verifications,
                MailKind.NEW_ADDRESS, changes,
                MailKind.OLD_ADDRESS, changes,
                MailKind.INVITATION, new InvitationLetters(database, url),
                MailKind.WEBHOOK_OFF, new WebhookLetters(users, url));
    }

    @Override
    public Future<?> stop() {
        return smtp == null ? Future.succeededFuture() : smtp.close();
    }
}

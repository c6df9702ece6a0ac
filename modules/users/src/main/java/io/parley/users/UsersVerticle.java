package io.parley.users;

import io.parley.contracts.Health;
import io.parley.contracts.Statistics;
import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.Mails;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.administration.Invitations;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.postgres.DatabaseException;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetException;
import io.parley.storage.keys.KeysetSettings;
import io.parley.users.addresses.AddressRules;
import io.parley.users.administration.AdministrationAnswers;
import io.parley.users.administration.AdministrationByEmail;
import io.parley.users.administration.AdministrationRules;
import io.parley.users.factors.CodeCheck;
import io.parley.users.factors.FactorAnswers;
import io.parley.users.factors.FactorLogin;
import io.parley.users.factors.FactorRules;
import io.parley.users.factors.FactorStore;
import io.parley.users.invitations.InvitationRules;
import io.parley.users.invitations.InvitedRegistrations;
import io.parley.users.keys.KeyAnswers;
import io.parley.users.keys.KeyEncryption;
import io.parley.users.limits.BucketCleanup;
import io.parley.users.limits.BucketKeys;
import io.parley.users.limits.BucketStore;
import io.parley.users.limits.ChatLimit;
import io.parley.users.limits.KnownAddresses;
import io.parley.users.limits.LimitAnswers;
import io.parley.users.limits.LimitRules;
import io.parley.users.limits.LimitStore;
import io.parley.users.limits.MailLimit;
import io.parley.users.limits.RegistrationLimit;
import io.parley.users.limits.SignInLimit;
import io.parley.users.limits.SingleUse;
import io.parley.users.limits.StorageLimit;
import io.parley.users.limits.StoredAmountStore;
import io.parley.users.links.LinkStore;
import io.parley.users.links.RequestedMails;
import io.parley.users.links.WebhookLetters;
import io.parley.users.mail.MailQueue;
import io.parley.users.oidc.OidcAnswers;
import io.parley.users.passkeys.PasskeyAnswers;
import io.parley.users.profile.UserRules;
import io.parley.users.profile.UserStore;
import io.parley.users.profile.WaysIn;
import io.parley.users.sessions.RefreshRules;
import io.parley.users.sessions.RotationStore;
import io.parley.users.sessions.SessionAnswers;
import io.parley.users.sessions.SessionCleanup;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SessionStore;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.EvenTime;
import io.parley.users.signin.OwnAccountRules;
import io.parley.users.signin.PasswordHasher;
import io.parley.users.signin.PasswordResets;
import io.parley.users.signin.PasswordRules;
import io.parley.users.signin.Registrations;
import io.parley.users.signin.SignInFailures;
import io.parley.users.signin.SignInRules;
import io.parley.users.signin.VerifiedAddress;
import io.parley.users.tokens.GrantRules;
import io.parley.users.tokens.TokenAnswers;
import io.parley.users.tokens.TokenRules;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers every request about accounts, sessions and provider keys. Only this module accesses their tables. */
public final class UsersVerticle extends VerticleBase {
    private static final Duration SESSION_CLEANUP_INTERVAL = Duration.ofHours(1);
    private static final Duration BUCKET_CLEANUP_INTERVAL = Duration.ofMinutes(10);

    private final Bus bus;
    private final Database database;
    private final PasswordHasher hasher;
    private final PasswordRules passwordRules;
    private final KeyEncryption encryption;
    private final UsersSettings settings;

    private UsersVerticle(
            Bus bus,
            Database database,
            PasswordHasher hasher,
            PasswordRules passwordRules,
            KeyEncryption encryption,
            UsersSettings settings) {
        this.bus = bus;
        this.database = database;
        this.hasher = hasher;
        this.passwordRules = passwordRules;
        this.encryption = encryption;
        this.settings = settings;
    }

    /**
     * Any number of instances that share one pool for password hashing, one list of breached passwords and one keyset. Blocks
     * to read the list and the keyset's file; fails with {@link DatabaseException} if the keyset cannot be used.
     */
    public static Supplier<UsersVerticle> instances(Vertx vertx, Bus bus, Database database, UsersSettings settings) {
        var hasher = new PasswordHasher(vertx, settings.passwords());
        var passwordRules = PasswordRules.load(settings.passwords());
        var encryption = encryption(vertx, settings.keys());
        return () -> new UsersVerticle(bus, database, hasher, passwordRules, encryption, settings);
    }

    private static KeyEncryption encryption(Vertx vertx, KeysetSettings settings) {
        try {
            return KeyEncryption.open(vertx, settings);
        } catch (KeysetException failure) {
            throw new DatabaseException(String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public Future<?> start() {
        var users = new UserStore(database);
        var sessionStore = new SessionStore(database);
        var sessionCleanup = new SessionCleanup(database);
        var sessions = new SessionRules(sessionStore, bus);
        var refreshes =
                new RefreshRules(new RotationStore(database), sessionStore, sessions, users, settings.sessions());
        var buckets = new BucketStore(database);
        var bucketKeys = new BucketKeys(settings.sessions().signingKey());
        var registrations = new RegistrationLimit(buckets, bucketKeys, settings.limits());
        var choices = new LimitStore(database);
        var chat = new ChatLimit(buckets, bucketKeys, choices, settings.limits());
        var failures = new SignInFailures(database, users);
        var limit = new SignInLimit(buckets, new KnownAddresses(database), bucketKeys, settings.limits(), failures);
        var queue = new MailQueue(database, bus);
        var invitations = new InvitationRules(
                database, settings.accounts().sendsMail() ? Optional.of(queue) : Optional.empty(), Clock.systemUTC());
        var invited = new InvitedRegistrations(database, settings.accounts().registration());
        var signInTimes = new SignInTimes(database, settings.sessions());
        var factors = new FactorStore(database);
        var codes = new CodeCheck(factors, hasher, encryption, limit, failures, Clock.systemUTC());
        var factorLogin = new FactorLogin(database, users, factors, codes, sessions, signInTimes);
        var factorRules = new FactorRules(users, factors, codes, hasher, encryption, signInTimes);
        var verified = new VerifiedAddress(settings.accounts().emailVerification(), failures);
        var waysIn = new WaysIn(settings.oidc().issuers());
        var used = new SingleUse(buckets, bucketKeys);
        var passkeys = new PasskeyAnswers(
                vertx,
                database,
                settings.passkeys(),
                settings.sessions().signingKey(),
                waysIn,
                users,
                used,
                limit,
                failures,
                verified,
                sessions,
                signInTimes);
        var signIn = new SignInRules(
                database, users, hasher, passwordRules, sessions, signInTimes, verified, limit, failures, factorLogin);
        var mails = new RequestedMails(
                new MailLimit(buckets, bucketKeys, settings.limits()),
                queue,
                settings.accounts().sendsMail());
        var addresses = new AddressRules(database, mails);
        var oidc = new OidcAnswers(
                vertx,
                database,
                settings.oidc(),
                settings.sessions().signingKey(),
                settings.accounts().registration(),
                settings.accounts().emailVerification(),
                waysIn,
                users,
                used,
                registrations,
                limit,
                failures,
                mails,
                verified,
                factorLogin,
                sessions,
                signInTimes);
        var registering = new Registrations(
                settings.accounts().emailVerification(),
                database,
                hasher,
                passwordRules,
                sessions,
                invited,
                registrations,
                limit,
                mails,
                new EvenTime(vertx));
        var resets = new PasswordResets(database, users, hasher, passwordRules, sessions, limit, mails);
        var own = new OwnAccountRules(
                users,
                new UserRules(bus, users, database.keys()),
                hasher,
                limit,
                failures,
                signInTimes,
                sessions,
                addresses);
        var tokens = new TokenRules(database, sessions, Clock.systemUTC());
        var grants = new GrantRules(database, sessions, settings.sessions());
        vertx.setPeriodic(SESSION_CLEANUP_INTERVAL.toMillis(), timer -> grants.deleteExpired());
        var admins = new AdministrationRules(database, users, sessions, tokens, grants);
        var byEmail = new AdministrationByEmail(database, admins);
        var storage = new StorageLimit(bus, new StoredAmountStore(database), chat, Clock.systemUTC());
        var limits = new LimitRules(choices, chat, storage, admins::requireAdmin, admins::find);
        var keys = new KeyAnswers(bus, database, encryption, factors);
        vertx.setPeriodic(SESSION_CLEANUP_INTERVAL.toMillis(), timer -> sessionCleanup.deleteExpired());
        vertx.setPeriodic(SESSION_CLEANUP_INTERVAL.toMillis(), timer -> invitations.cleanUp());
        var links = new LinkStore(database);
        vertx.setPeriodic(SESSION_CLEANUP_INTERVAL.toMillis(), timer -> links.deleteExpired());
        vertx.setPeriodic(SESSION_CLEANUP_INTERVAL.toMillis(), timer -> factorLogin.deleteExpired());
        var bucketCleanup = new BucketCleanup(database);
        vertx.setPeriodic(BUCKET_CLEANUP_INTERVAL.toMillis(), timer -> bucketCleanup.deleteFull());
        return Future.all(List.of(
                bus.answer(Users.REGISTER, registering::register),
                bus.answer(Users.REGISTER_UNVERIFIED, registering::registerUnverified),
                bus.answer(
                        Users.SIGN_IN_OPTIONS,
                        query -> users.exist()
                                .map(exist ->
                                        settings.accounts().options(exist, settings.passkeys(), settings.oidc()))),
                bus.answer(Users.LOGIN, signIn::login),
                bus.answer(Users.CHANGE_PASSWORD, signIn::changePassword),
                bus.answer(MailedLinks.FORGOT_PASSWORD, resets::forgot),
                bus.answer(MailedLinks.RESET_PASSWORD, resets::reset),
                bus.answer(MailedLinks.SEND_VERIFICATION, addresses::sendVerification),
                bus.answer(MailedLinks.VERIFY, addresses::verify),
                bus.answer(MailedLinks.CONFIRM_ADDRESS, addresses::confirm),
                bus.answer(Users.FIND, users::find),
                bus.answer(
                        Mails.WEBHOOK_OFF,
                        notice -> (settings.accounts().sendsMail()
                                        ? WebhookLetters.queue(users, queue, notice.userId())
                                        : Future.succeededFuture())
                                .map(None.NONE)),
                bus.answer(Users.UPDATE, own::update),
                bus.answer(Users.DELETE, own::delete),
                bus.answer(Users.CONFIRM, own::confirm),
                keys.register(bus),
                new TokenAnswers(tokens, grants).register(bus),
                passkeys.register(bus),
                oidc.register(bus),
                new FactorAnswers(factorLogin, factorRules).register(bus),
                new SessionAnswers(sessions, sessionStore, refreshes).register(bus),
                new LimitAnswers(limits, chat, storage).register(bus),
                new AdministrationAnswers(admins, byEmail).register(bus),
                bus.answer(Invitations.CREATE, invitations::create),
                bus.answer(Invitations.LIST, invitations::list),
                bus.answer(Invitations.REVOKE, invitations::revoke),
                bus.answer(Statistics.of("users"), admins::figures),
                bus.answer(Health.of("users"), check -> database.ping().map(None.NONE))));
    }
}

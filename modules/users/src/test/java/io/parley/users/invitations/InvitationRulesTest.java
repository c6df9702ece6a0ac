package io.parley.users.invitations;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Invitation;
import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.Created;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.AccountSettings;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.passkeys.PasskeySettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server where only the invited may register. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class InvitationRulesTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final PageRequest PAGE = new PageRequest(null, 200, PageRequest.Order.DESC);

    private static Caller grace;

    private final Bus bus;
    private final Database database;

    InvitationRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(1, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        SessionSettings.withoutClients(),
                        LimitSettings.NONE,
                        new AccountSettings(RegistrationMode.INVITE, EmailVerification.OFF, null),
                        PasskeySettings.LOCAL,
                        OidcSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        grace = new Caller(Ids.next(), Role.ADMIN);
        insert(database, grace, "grace@invited.example.org", "admin");
    }

    @Test
    void lookForAnInvitation() {
        var uninvited = new Registration("mallory@invited.example.org", PASSWORD, null, null);
        assertRefused(bus.ask(Users.REGISTER, new Users.Register(uninvited, CLIENT)));
        assertRefused(register("mallory@invited.example.org", new Secret("inv_" + "A".repeat(43))));

        var invitation = create(null, Role.USER, null);
        assertThat(Answers.of(register("ada@invited.example.org", invitation.token()))
                        .user()
                        .role())
                .isEqualTo(Role.USER);
    }

    @Test
    void areForOneAccount() {
        var token = create(null, null, null).token();
        Answers.of(register("first@invited.example.org", token));

        assertRefused(register("second@invited.example.org", token));
    }

    @Test
    void areGivenBackIfTheRegistrationFails() {
        var token = create(null, null, null).token();
        Answers.of(
                register("taken@invited.example.org", create(null, null, null).token()));

        assertThat(problemOf(register("taken@invited.example.org", token)).kind())
                .isEqualTo(Kind.CONFLICT);

        assertThat(Answers.of(register("free@invited.example.org", token))
                        .user()
                        .email())
                .isEqualTo("free@invited.example.org");
    }

    @Test
    void areBoundToAnAddress() {
        var token = create("Barbara@Invited.Example.org", null, null).token();

        assertRefused(register("eve@invited.example.org", token));

        assertThat(Answers.of(register("barbara@invited.example.org", token))
                        .user()
                        .email())
                .isEqualTo("barbara@invited.example.org");
    }

    @Test
    void giveTheirRole() {
        var user = Answers.of(register(
                        "radia@invited.example.org",
                        create(null, Role.ADMIN, null).token()))
                .user();

        assertThat(user.role()).isEqualTo(Role.ADMIN);
        assertThat(Answers.of(bus.ask(
                                Administration.FIND,
                                new Administration.Find(new Caller(user.id(), Role.ADMIN), user.id())))
                        .isSuperuser())
                .isTrue();
    }

    @Test
    void expire() {
        var invitation = create(null, null, null);
        assertThat(invitation.invitation().expiresAt())
                .isCloseTo(Instant.now().plus(Invitations.LIFETIME), within(1, ChronoUnit.MINUTES));
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE invitations SET expires_at = now() WHERE id = #{id}")
                .run(Parameters.of("id", invitation.invitation().id())));

        assertRefused(register("late@invited.example.org", invitation.token()));

        assertInvalid(new InvitationDraft(null, null, Instant.now().minusSeconds(1)));
        assertInvalid(new InvitationDraft(null, null, Instant.now().plus(Duration.ofDays(400))));
    }

    @Test
    void canBeRevoked() {
        var invitation = create(null, null, null);
        var revoke = new Invitations.Revoke(grace, invitation.invitation().id());
        Answers.of(bus.ask(Invitations.REVOKE, revoke));

        assertRefused(register("revoked@invited.example.org", invitation.token()));
        assertThat(problemOf(bus.ask(Invitations.REVOKE, revoke)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void areListedWithWhatBecameOfThem() {
        var used = create("used@invited.example.org", null, null);
        var unused = create(null, null, null).invitation();
        Answers.of(register("used@invited.example.org", used.token()));

        var items = Answers.of(bus.ask(Invitations.LIST, new Invitations.ListAll(grace, PAGE)))
                .items();

        assertThat(items)
                .contains(unused)
                .extracting(Invitation::createdAt)
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(items)
                .filteredOn(
                        invitation -> invitation.id().equals(used.invitation().id()))
                .singleElement()
                .satisfies(invitation -> assertThat(invitation.usedAt()).isNotNull());
    }

    @Test
    void areMadeByAdministratorsOnly() {
        var formerAdmin = new Caller(Ids.next(), Role.ADMIN);
        insert(database, formerAdmin, "former@invited.example.org", "user");
        for (var caller : List.of(new Caller(grace.userId(), Role.USER), formerAdmin)) {
            assertRefused(bus.ask(Invitations.CREATE, new Invitations.Create(caller, draft())));
            assertRefused(bus.ask(Invitations.LIST, new Invitations.ListAll(caller, PAGE)));
            assertRefused(bus.ask(Invitations.REVOKE, new Invitations.Revoke(caller, UUID.randomUUID())));
        }
    }

    @Test
    void areForgottenAMonthAfterTheyExpired() {
        var id = create(null, null, null).invitation().id();
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE invitations SET expires_at = now() - interval '31 days' WHERE id = #{id}")
                .run(Parameters.of("id", id)));
        assertThat(Answers.of(bus.ask(Invitations.LIST, new Invitations.ListAll(grace, PAGE)))
                        .items())
                .extracting(Invitation::id)
                .doesNotContain(id);

        Answers.of(new InvitationRules(database, Optional.empty(), java.time.Clock.systemUTC()).cleanUp());

        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT id FROM invitations WHERE id = #{id}")
                        .list(Parameters.of("id", id))))
                .isEmpty();
    }

    private static InvitationDraft draft() {
        return new InvitationDraft(null, null, null);
    }

    private Created create(@Nullable String email, @Nullable Role role, @Nullable Instant expiresAt) {
        return Answers.of(bus.ask(
                Invitations.CREATE, new Invitations.Create(grace, new InvitationDraft(email, role, expiresAt))));
    }

    private Future<SignedIn> register(String email, Secret invitation) {
        return bus.ask(
                Users.REGISTER, new Users.Register(new Registration(email, PASSWORD, null, null, invitation), CLIENT));
    }

    private void assertRefused(Future<?> answer) {
        assertThat(problemOf(answer).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    private void assertInvalid(InvitationDraft draft) {
        var problem = problemOf(bus.ask(Invitations.CREATE, new Invitations.Create(grace, draft)));
        assertThat(problem.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/expires_at"));
    }

    private static void insert(Database database, Caller caller, String email, String role) {
        Answers.of(OwnerDatabase.of(database)
                .query("INSERT INTO users (id, email, password_hash, role) VALUES (#{id}, #{email}, 'none', #{role})")
                .run(Parameters.of("id", caller.userId()).and("email", email).and("role", role)));
    }
}

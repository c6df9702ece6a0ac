package io.parley.users.sessions;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class RefreshTokensTest {
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");

    private final Bus bus;
    private final Database database;

    RefreshTokensTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                keys,
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
    }

    @Test
    void carryTheIdOfTheirUser() {
        var ada = register("carries@example.org");
        var next = Answers.of(refresh(ada.refreshToken()));

        for (var token : List.of(ada.refreshToken(), next.refreshToken())) {
            assertThat(token.value()).hasSize(64).matches("[A-Za-z0-9_-]+");
            assertThat(userOf(token)).isEqualTo(ada.user().id());
        }
        assertThat(random(ada.refreshToken())).isNotEqualTo(random(next.refreshToken()));
    }

    @Test
    void areUnknownWithAnotherUsersId() {
        var ada = register("robbed@example.org");
        var grace = register("robber@example.org");
        var forged = token(grace.user().id(), random(ada.refreshToken()));

        for (var unknown : List.of(
                forged,
                token(Ids.next(), random(ada.refreshToken())),
                token(ada.user().id(), random(grace.refreshToken())),
                withoutUser(random(ada.refreshToken())))) {
            assertThat(problemOf(refresh(unknown)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(logout(unknown)).isEmpty();
        }
        assertThat(sessions(ada)).hasSize(1);
        assertThat(sessions(grace)).hasSize(1);
        assertThat(Answers.of(refresh(ada.refreshToken())).user()).isEqualTo(ada.user());
    }

    @Test
    void areUnknownInAnyOtherForm() {
        for (var text :
                List.of("", "x", "*".repeat(43), "*".repeat(64), "A".repeat(43), "A".repeat(64), "é".repeat(64)))
            assertThat(problemOf(refresh(new Secret(text))).kind()).as(text).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void areAcceptedOnceIfTheyWereIssuedWithoutAUser() {
        var ada = register("upgraded@example.org");
        var old = makeOld(ada);

        var next = Answers.of(refresh(old));

        assertThat(next).returns(ada.sessionId(), SignedIn::sessionId).returns(ada.user(), SignedIn::user);
        assertThat(userOf(next.refreshToken())).isEqualTo(ada.user().id());
        assertThat(problemOf(refresh(old)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(refresh(next.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(sessions(ada)).isEmpty();
    }

    @Test
    void logOutIfTheyWereIssuedWithoutAUser() {
        var ada = register("upgraded-logout@example.org");
        var old = makeOld(ada);

        assertThat(logout(old)).containsExactly(ada.sessionId());
        assertThat(logout(old)).isEmpty();
        assertThat(problemOf(refresh(old)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(sessions(ada)).isEmpty();
    }

    /** Turns the session's token into one of the form that earlier versions issued. */
    private Secret makeOld(SignedIn signedIn) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var old = withoutUser(bytes);
        Answers.of(OwnerDatabase.of(database)
                .query("""
                        UPDATE sessions SET token_hash = #{hash} WHERE user_id = #{user_id} AND family_id = #{session_id}
                        """)
                .run(Parameters.of("user_id", signedIn.user().id())
                        .and("session_id", signedIn.sessionId())
                        .and("hash", RefreshToken.of(old).hash())));
        return old;
    }

    private SignedIn register(String email) {
        var registration = new Registration(email, new Secret("correct horse battery staple"), null, null);
        return Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));
    }

    private Future<SignedIn> refresh(Secret token) {
        return bus.ask(Sessions.REFRESH, new Sessions.Refresh(token, CLIENT));
    }

    private List<UUID> logout(Secret token) {
        return Answers.of(bus.ask(Sessions.LOGOUT, new Sessions.Logout(token, Origin.LOCAL.client())))
                .ids();
    }

    private List<Session> sessions(SignedIn signedIn) {
        var caller = new Caller(signedIn.user().id(), signedIn.user().role());
        return Answers.of(bus.ask(Sessions.LIST, new Sessions.ListLive(caller, signedIn.sessionId())))
                .items();
    }

    private static UUID userOf(Secret token) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.value()));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] random(Secret token) {
        return Arrays.copyOfRange(Base64.getUrlDecoder().decode(token.value()), 16, 48);
    }

    private static Secret token(UUID userId, byte[] random) {
        var bytes = ByteBuffer.allocate(48)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .put(random)
                .array();
        return withoutUser(bytes);
    }

    private static Secret withoutUser(byte[] bytes) {
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}

package io.parley.config.system.contract;

import io.parley.config.system.client.ApiClient;
import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.Gateway;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.auth.TokenSettings;
import io.parley.gateway.contract.Contract;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.gateway.origin.OriginSettings;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.parley.testing.Answers;
import io.parley.transfer.ImportLimits;
import io.parley.transfer.archive.ArchiveLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * The gateway in this process with no module behind it. It accepts every registration, and answers every
 * other request that it does not refuse by itself with 503.
 */
final class GatewayAlone implements AutoCloseable {
    private static final GatewaySettings SETTINGS = new GatewaySettings(
            "127.0.0.1",
            0,
            null,
            Duration.ofSeconds(12),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Set.of(),
            OriginSettings.DIRECT,
            Duration.ofSeconds(1),
            new TokenSettings(
                    new Secret("a key of thirty-two bytes or more, for tests"),
                    "parley",
                    "parley",
                    Duration.ofMinutes(15)),
            new ImportLimits(new ArchiveLimits(1024 * 1024, 10, 200), 16 * 1024 * 1024, 1),
            1024 * 1024,
            16 * 1024 * 1024,
            new RequestLimitSettings(
                    Limit.forEveryone(Rates.NONE), Limit.forEveryone(Rates.NONE), Limit.forEveryone(64), 32, 2),
            List.of());

    private final Vertx vertx = Vertx.vertx();
    private final ApiClient api;

    GatewayAlone() {
        var bus = new Bus(vertx, Duration.ofSeconds(5));
        var verticle = new Gateway(
                        vertx, bus, SETTINGS, Contract.read(SETTINGS.origin().prefix()))
                .verticle();
        Answers.of(
                bus.answer(Sessions.RECENTLY_ENDED, recent -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        Answers.of(bus.answer(
                Users.SIGN_IN_OPTIONS,
                query -> Future.succeededFuture(new SignInOptions(
                        RegistrationMode.OPEN,
                        EmailVerification.OFF,
                        false,
                        true,
                        List.of(),
                        new Oidc.Providers(List.of())))));
        Answers.of(bus.answer(Users.REGISTER, register -> Future.succeededFuture(signedIn(register))));
        Answers.of(vertx.deployVerticle(verticle));
        api = new ApiClient(URI.create("http://127.0.0.1:" + verticle.port()));
    }

    private static SignedIn signedIn(Users.Register register) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var email = register.registration().email();
        var user = new User(
                Ids.next(),
                email,
                false,
                null,
                null,
                Caller.Role.USER,
                false,
                true,
                User.Theme.SYSTEM,
                "UTC",
                null,
                null,
                null,
                now,
                now);
        return new SignedIn(user, Ids.next(), new Secret("a-refresh-token"));
    }

    ApiClient api() {
        return api;
    }

    @Override
    public void close() {
        Answers.of(vertx.close());
    }
}

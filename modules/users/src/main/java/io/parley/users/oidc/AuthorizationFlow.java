package io.parley.users.oidc;

import io.parley.contracts.users.Oidc;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.RandomTokens;
import io.parley.users.oidc.Provider.Binding;
import io.parley.users.oidc.SignedCodes.Purpose;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a browser to a provider and back. The browser keeps a random cookie; state is a code that only its holder can use, and nonce and
 * the verifier of PKCE are derived from both. So a callback is accepted once, from the browser that has begun, and nothing is stored
 * before.
 */
final class AuthorizationFlow {
    private static final Logger log = LoggerFactory.getLogger(AuthorizationFlow.class);

    /** For all requests to a provider together, so that the answer comes before the asker's time-out (10 s). */
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    private static final String RETURN_TO = "return_to";
    private static final String LINK = "link";

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final SignedCodes codes;

    /** What the state of a callback says. */
    record Arrival(Provider provider, String returnTo, boolean link, String browser, String state) {}

    AuthorizationFlow(Vertx vertx, OidcSettings settings, SignedCodes codes, Clock clock) {
        var http = new ProviderHttp(vertx);
        settings.providers().forEach(each -> providers.put(each.name(), new Provider(each, http, clock)));
        this.codes = codes;
    }

    Future<Oidc.Started> start(Oidc.Start command) {
        var provider = require(command.name());
        var browser = RandomTokens.create("");
        var content = new JsonObject().put(RETURN_TO, command.returnTo()).put(LINK, command.link());
        var state = codes.create(Purpose.STATE, holder(command.name(), browser.value()), content, Oidc.FLOW_LIFETIME);
        return provider.authorization(command.callback(), binding(browser.value(), state.value()))
                .map(location -> new Oidc.Started(location, browser))
                .recover(failure -> orUnusable(provider, failure, new Oidc.Started(null, browser)));
    }

    private static Future<Oidc.Started> orUnusable(Provider provider, Throwable failure, Oidc.Started otherwise) {
        if (!(failure instanceof ProviderFailure cause)) return Future.failedFuture(failure);
        note(provider, cause);
        return Future.succeededFuture(otherwise);
    }

    /** Empty unless the callback belongs to a flow that this browser has begun a short time ago. */
    Optional<Arrival> arrival(Oidc.Finish command) {
        var provider = require(command.name());
        var state = command.answer().state();
        if (state == null || command.browser() == null) return Optional.empty();
        var browser = command.browser().value();
        return codes.read(Purpose.STATE, holder(command.name(), browser), new Secret(state))
                .map(content ->
                        new Arrival(provider, content.getString(RETURN_TO), content.getBoolean(LINK), browser, state));
    }

    /** Who has signed in. Fails with {@link ProviderFailure}. */
    Future<ForeignIdentity> identity(Arrival arrival, Oidc.Finish command) {
        var provider = arrival.provider();
        var code = command.answer().code();
        if (code == null || code.value().isBlank()) return Future.failedFuture(ProviderFailure.refused("no_code"));
        return codes.use(new Secret(arrival.state()), Oidc.FLOW_LIFETIME)
                .compose(isFirst -> isFirst
                        ? provider.requireIssuer(command.answer().issuer())
                                .compose(checked -> provider.redeem(
                                        code.value(), command.callback(), binding(arrival.browser(), arrival.state())))
                                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        : Future.failedFuture(ProviderFailure.refused("state")))
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException ? ProviderFailure.unusable("unreachable") : failure))
                .onFailure(failure -> {
                    if (failure instanceof ProviderFailure cause) note(provider, cause);
                });
    }

    // Operators find out here why nobody can sign in; users are only told that nobody can.
    private static void note(Provider provider, ProviderFailure failure) {
        log.warn("sign-in with {} failed: {}", provider.settings().name(), failure.reason());
    }

    private Provider require(String name) {
        var provider = providers.get(name);
        if (provider == null) throw Problem.notFound("provider");
        return provider;
    }

    /** The provider that identities of this issuer come from; empty if it is not set any more. */
    Optional<ProviderSettings> ofIssuer(String issuer) {
        return providers.values().stream()
                .map(Provider::settings)
                .filter(each -> each.issuer().toString().equals(issuer))
                .findFirst();
    }

    private Binding binding(String browser, String state) {
        return new Binding(
                state, codes.derived("nonce", browser, state), codes.derived("code verifier", browser, state));
    }

    private static String holder(String name, String browser) {
        return name + " " + browser;
    }
}

package io.parley.gateway.oauth;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Credentials;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.auth.ConsentArrivals.Arrival;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.http.Answer;
import io.parley.gateway.oauth.ConsentTickets.Signed;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From signing in to the decision, each step a form. The session that signing in opens is for the decision only: it ends with that, or
 * when the time for it is over.
 */
final class ConsentFlow {
    private static final int MAX_EMAIL = 254;
    private static final int MAX_PASSWORD = 128;
    private static final Pattern RECOVERY_CODE = Pattern.compile("[0-9A-Za-z]{5}-[0-9A-Za-z]{5}");

    private static final String ACCOUNT_EXISTS =
            "There is an account with this e-mail address already. Sign in to it here; its settings link both.";
    private static final String PROVIDER_ERROR = "The sign-in with the other provider did not work. Try again.";

    /** By their names in {@link Oidc.Outcome}. */
    private static final Map<String, String> PROVIDER_ERRORS = Map.of(
            "access_denied",
            "The sign-in was cancelled.",
            "email_missing",
            "The other provider gave no e-mail address that can be used.",
            "registration_closed",
            "There is no account for this sign-in, and registration is closed.");

    private final Vertx vertx;
    private final Bus bus;
    private final ConsentTickets tickets;
    private final EndedSessions endedSessions;

    ConsentFlow(Vertx vertx, Bus bus, ConsentTickets tickets, EndedSessions endedSessions) {
        this.vertx = vertx;
        this.bus = bus;
        this.tickets = tickets;
        this.endedSessions = endedSessions;
    }

    /**
     * What a program's request begins with.
     *
     * @param arrival of a browser that comes back from another provider
     */
    Future<Answer> begin(AuthorizationRequest request, Optional<Arrival> arrival, Client client) {
        return arrival.map(each -> arrive(request, each, client)).orElseGet(() -> signInPage(request, 200, null));
    }

    private Future<Answer> arrive(AuthorizationRequest request, Arrival arrival, Client client) {
        return switch (arrival.result()) {
            case "sign_in_code" ->
                bus.ask(Oidc.EXCHANGE, new Oidc.Exchange(arrival.code(), client))
                        .map(login -> signedIn(request, login, client))
                        .recover(failure -> refusal(failure).compose(problem -> refused(request, problem)));
            case "link_code" -> signInPage(request, 200, ACCOUNT_EXISTS);
            default ->
                signInPage(
                        request,
                        200,
                        PROVIDER_ERRORS.getOrDefault(arrival.code().value(), PROVIDER_ERROR));
        };
    }

    private Future<Answer> refused(AuthorizationRequest request, Problem problem) {
        return signInPage(request, problem.kind() == Problem.Kind.FORBIDDEN ? 403 : 401, problem.detail());
    }

    /** @param message why it is shown again */
    private Future<Answer> signInPage(AuthorizationRequest request, int status, @Nullable String message) {
        return bus.ask(Oidc.LIST, new Oidc.ListProviders())
                .map(providers -> Pages.signIn(request, status, message, providers.items()));
    }

    /** What follows a form. */
    Future<Answer> next(AuthorizationRequest request, OAuthParameters form, Client client) {
        return switch (form.require("step")) {
            case Pages.SIGN_IN -> signIn(request, form, client);
            case Pages.CODE -> code(request, form, client);
            case Pages.DECIDE -> decide(request, form, client);
            default -> throw OAuthError.invalidRequest("step is unknown.");
        };
    }

    private Future<Answer> signIn(AuthorizationRequest request, OAuthParameters form, Client client) {
        var email = form.find("email");
        var password = form.find("password");
        if (email == null || password == null || email.length() > MAX_EMAIL || password.length() > MAX_PASSWORD)
            return signInPage(request, 400, "Enter your e-mail address and your password.");
        return bus.ask(Users.LOGIN, new Users.Login(new Credentials(email, new Secret(password)), client))
                .map(login -> signedIn(request, login, client))
                .recover(failure -> refusal(failure).compose(problem -> refused(request, problem)));
    }

    private Answer signedIn(AuthorizationRequest request, LoggedIn login, Client client) {
        var challenge = login.challenge();
        if (challenge != null) return Pages.code(request, 200, challenge.token(), null);
        return consent(request, Objects.requireNonNull(login.session()), client);
    }

    private Future<Answer> code(AuthorizationRequest request, OAuthParameters form, Client client) {
        var token = new Secret(form.require("mfa_token"));
        var sent = form.find("code");
        var code = new Secret(sent == null ? "" : sent.strip());
        boolean isRecovery = RECOVERY_CODE.matcher(code.value()).matches();
        var login = new SecondFactors.Login(token, isRecovery ? null : code, isRecovery ? code : null, client);
        return bus.ask(SecondFactors.LOGIN, login)
                .map(signedIn -> consent(request, signedIn, client))
                .recover(failure -> refusal(failure).map(problem -> Pages.code(request, 401, token, problem.detail())));
    }

    private Answer consent(AuthorizationRequest request, SignedIn signedIn, Client client) {
        var caller = new Caller(signedIn.user().id(), signedIn.user().role());
        vertx.setTimer(ConsentTickets.LIFETIME.toMillis(), over -> end(caller, signedIn.sessionId(), client));
        return Pages.consent(request, signedIn.user().email(), tickets.issue(signedIn, request));
    }

    private Future<Answer> decide(AuthorizationRequest request, OAuthParameters form, Client client) {
        var signed = tickets.verify(form.require("ticket"), request);
        if (signed.isEmpty()) return signInAgain(request);
        return bus.ask(
                        Sessions.CHECK,
                        new Sessions.Check(signed.get().caller(), signed.get().sessionId()))
                .compose(live -> decide(request, form, signed.get(), client))
                .recover(failure -> refusal(failure).compose(problem -> signInAgain(request)));
    }

    private Future<Answer> signInAgain(AuthorizationRequest request) {
        return signInPage(request, 401, "Your sign-in has expired. Sign in again.");
    }

    private Future<Answer> decide(AuthorizationRequest request, OAuthParameters form, Signed signed, Client client) {
        var answer = "allow".equals(form.find("decision"))
                ? allow(request, signed, client)
                : Future.succeededFuture(
                        request.redirect().error(OAuthError.accessDenied("The user has denied the request.")));
        return answer.compose(ready -> end(signed.caller(), signed.sessionId(), client)
                .otherwiseEmpty()
                .map(ready));
    }

    private Future<Answer> allow(AuthorizationRequest request, Signed signed, Client client) {
        var command = new Grants.Authorize(
                signed.caller(),
                request.client().id(),
                request.client().name(),
                request.redirect().uri(),
                request.scopes(),
                request.codeChallenge(),
                new Origin(signed.sessionId(), client));
        return bus.ask(Grants.AUTHORIZE, command)
                .map(authorized -> request.redirect().code(authorized.code()))
                .recover(ConsentFlow::denied);
    }

    private static Future<Answer> denied(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.CONFLICT
                ? Future.succeededFuture(Pages.error(409, problem.detail()))
                : Future.failedFuture(failure);
    }

    private Future<?> end(Caller caller, UUID sessionId, Client client) {
        return bus.ask(Sessions.END, new Sessions.End(caller, sessionId, client))
                .map(endedSessions::add);
    }

    /** What the user can do something about; fails with anything else. */
    private static Future<Problem> refusal(Throwable failure) {
        return failure instanceof Problem problem
                        && (problem.kind() == Problem.Kind.UNAUTHENTICATED || problem.kind() == Problem.Kind.FORBIDDEN)
                ? Future.succeededFuture(problem)
                : Future.failedFuture(failure);
    }
}

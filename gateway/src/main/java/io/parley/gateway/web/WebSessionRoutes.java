package io.parley.gateway.web;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.Registrar;
import io.parley.gateway.auth.SignIns;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.function.Function;

/** The twins of the routes that sign in and out, for the web app: a cookie keeps the refresh token. */
public final class WebSessionRoutes {
    static final String PATH = "/api/v1/web";

    private final Bus bus;
    private final AccessTokens accessTokens;
    private final EndedSessions endedSessions;
    private final SessionCookie cookie;
    private final OwnOrigin origin;

    public WebSessionRoutes(Bus bus, AccessTokens accessTokens, EndedSessions endedSessions, OriginSettings settings) {
        this.bus = bus;
        this.accessTokens = accessTokens;
        this.endedSessions = endedSessions;
        this.cookie = new SessionCookie(settings);
        this.origin = new OwnOrigin(settings);
    }

    /** To be mounted before the operations. */
    public void guard(Router router) {
        router.route(PATH + "/*").handler(new OwnPagesOnly(origin));
    }

    public void mount(Operations operations) {
        operations.on(
                "registerInWebApp",
                request -> new Registrar(bus).register(request, signedIn -> session(request, signedIn)));
        var signIns = new SignIns(bus);
        onSignIn(operations, "loginInWebApp", signIns::withPassword);
        onSignIn(operations, "loginWithSecondFactorInWebApp", signIns::withSecondFactor);
        onSignIn(operations, "loginWithPasskeyInWebApp", signIns::withPasskey);
        onSignIn(operations, "exchangeOidcCodeInWebApp", signIns::withOidcCode);
        operations.on("refreshInWebApp", this::refresh);
        operations.on("logoutInWebApp", this::logout);
    }

    /** Makes an operation that signs in keep the refresh token in the cookie. */
    private void onSignIn(Operations operations, String operationId, Function<Request, Future<Users.SignedIn>> signIn) {
        operations.on(operationId, request -> signIn.apply(request).map(signedIn -> session(request, signedIn)));
    }

    private WebSession session(Request request, Users.SignedIn signedIn) {
        var response = accessTokens.issue(signedIn);
        cookie.set(request, response.refreshToken());
        return WebSession.of(response);
    }

    // A browser writes a 401 to its console, and somebody who has not signed in yet has done nothing wrong.
    private Future<? extends Record> refresh(Request request) {
        return cookie.read(request)
                .<Future<? extends Record>>map(token -> refresh(request, token))
                .orElseGet(() -> Future.succeededFuture(Answer.empty(204)));
    }

    private Future<WebSession> refresh(Request request, Secret token) {
        return bus.ask(Sessions.REFRESH, new Sessions.Refresh(token, request.client()))
                .map(signedIn -> session(request, signedIn))
                .onFailure(failure -> {
                    if (failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED)
                        cookie.clear(request);
                });
    }

    // Vert.x has one set of cookies for request and answer, so the cookie is read before it is cleared.
    private Future<None> logout(Request request) {
        var sent = cookie.read(request);
        cookie.clear(request);
        return sent.map(token -> bus.ask(Sessions.LOGOUT, new Sessions.Logout(token, request.client()))
                        .map(endedSessions::add))
                .orElseGet(() -> Future.succeededFuture(None.NONE));
    }
}

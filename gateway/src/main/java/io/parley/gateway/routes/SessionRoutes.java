package io.parley.gateway.routes;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.PasswordChange;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.Registrar;
import io.parley.gateway.auth.SignIns;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.routes.signin.Confirmation;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.vertx.core.Future;

/** Registration, sign-in, sign-out, passwords and sessions. */
final class SessionRoutes {
    private final Bus bus;
    private final AccessTokens accessTokens;
    private final EndedSessions endedSessions;

    private record RefreshToken(Secret refreshToken) {}

    SessionRoutes(Bus bus, AccessTokens accessTokens, EndedSessions endedSessions) {
        this.bus = bus;
        this.accessTokens = accessTokens;
        this.endedSessions = endedSessions;
    }

    void mount(Operations operations) {
        operations.on("register", request -> new Registrar(bus).register(request, accessTokens::issue));
        operations.on("findSignInOptions", request -> options().map(SignInOptionsAnswer::of));
        operations.on("login", request -> new SignIns(bus).withPassword(request).map(accessTokens::issue));
        operations.on(
                "refresh",
                request -> bus.ask(Sessions.REFRESH, new Sessions.Refresh(refreshToken(request), request.client()))
                        .map(accessTokens::issue));
        operations.on(
                "logout",
                request -> bus.ask(Sessions.LOGOUT, new Sessions.Logout(refreshToken(request), request.client()))
                        .map(endedSessions::add));
        operations.on(
                "changePassword",
                request -> bus.ask(
                                Users.CHANGE_PASSWORD,
                                new Users.ChangePassword(
                                        request.caller(),
                                        request.sessionId(),
                                        request.body(PasswordChange.class),
                                        request.client()))
                        .map(endedSessions::add));
        operations.on("confirm", request -> request.body(Confirmation.class).ask(bus, request));
        operations.on(
                "listSessions",
                request -> bus.ask(Sessions.LIST, new Sessions.ListLive(request.caller(), request.sessionId())));
        operations.on(
                "endSession",
                request -> bus.ask(
                                Sessions.END,
                                new Sessions.End(request.caller(), request.pathId("id"), request.client()))
                        .map(endedSessions::add));
    }

    private Future<SignInOptions> options() {
        return bus.ask(Users.SIGN_IN_OPTIONS, new Users.FindOptions());
    }

    private static Secret refreshToken(Request request) {
        return request.body(RefreshToken.class).refreshToken();
    }
}

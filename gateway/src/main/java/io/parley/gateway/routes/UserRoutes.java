package io.parley.gateway.routes;

import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.UserPatch;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import org.jspecify.annotations.Nullable;

/** The caller's own account. */
final class UserRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    UserRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    private record Deletion(@Nullable Secret currentPassword) {}

    void mount(Operations operations) {
        operations.on("findMe", request -> bus.ask(Users.FIND, new Users.Find(request.caller())));
        operations.on(
                "updateMe",
                request -> bus.ask(
                        Users.UPDATE,
                        new Users.Update(
                                request.caller(),
                                request.sessionId(),
                                request.versions(),
                                request.body(UserPatch.class),
                                request.client())));
        operations.on(
                "deleteMe",
                request -> bus.ask(
                                Users.DELETE,
                                new Users.Delete(
                                        request.caller(),
                                        request.sessionId(),
                                        request.versions(),
                                        currentPassword(request),
                                        request.client()))
                        .map(endedSessions::add));
    }

    private static @Nullable Secret currentPassword(Request request) {
        return request.hasBody() ? request.body(Deletion.class).currentPassword() : null;
    }
}

package io.parley.gateway.routes;

import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.UserPatch;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** The caller's own account. */
final class UserRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    UserRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    void mount(Operations operations) {
        operations.on("findMe", request -> bus.ask(Users.FIND, new Users.Find(request.caller())));
        operations.on(
                "updateMe",
                request -> bus.ask(
                        Users.UPDATE,
                        new Users.Update(request.caller(), request.versions(), request.body(UserPatch.class))));
        operations.on(
                "deleteMe",
                request -> bus.ask(Users.DELETE, new Users.Delete(request.caller(), request.versions()))
                        .map(endedSessions::add));
    }
}

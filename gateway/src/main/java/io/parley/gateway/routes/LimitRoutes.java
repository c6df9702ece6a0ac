package io.parley.gateway.routes;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller.Role;
import io.vertx.core.Future;

/** The limits of users and roles. */
final class LimitRoutes {
    private final Bus bus;

    LimitRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "findMyLimits",
                request -> bus.ask(LimitChoices.FIND_MINE, new LimitChoices.FindMine(request.caller())));
        operations.on(
                "findRoleLimits",
                request -> bus.ask(LimitChoices.FIND_ROLES, new LimitChoices.FindRoles(request.caller())));
        operations.on("putUserRoleLimits", request -> setRole(request, Role.USER));
        operations.on("putAdminRoleLimits", request -> setRole(request, Role.ADMIN));
        operations.on(
                "findUserLimits",
                request -> bus.ask(
                        LimitChoices.FIND_USER, new LimitChoices.FindUser(request.caller(), request.pathId("id"))));
        operations.on(
                "putUserLimits",
                request -> bus.ask(
                        LimitChoices.SET_USER,
                        new LimitChoices.SetUser(
                                request.caller(), request.pathId("id"), request.body(ChosenLimits.class))));
    }

    private Future<? extends Record> setRole(Request request, Role role) {
        return bus.ask(
                LimitChoices.SET_ROLE,
                new LimitChoices.SetRole(request.caller(), role, request.body(ChosenLimits.class)));
    }
}

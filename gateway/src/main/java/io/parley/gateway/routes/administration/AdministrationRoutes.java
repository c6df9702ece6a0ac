package io.parley.gateway.routes.administration;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Figures;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;

/** Accounts and figures, for administrators. */
public final class AdministrationRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    public AdministrationRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    public void mount(Operations operations) {
        operations.on(
                "listUsers",
                request -> bus.ask(
                        Administration.LIST,
                        new Administration.ListUsers(
                                request.caller(),
                                filter(request),
                                request.query().pageRequest())));
        operations.on(
                "findUser",
                request ->
                        bus.ask(Administration.FIND, new Administration.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "updateUser",
                request -> bus.ask(
                                Administration.UPDATE,
                                new Administration.Update(
                                        request.caller(),
                                        request.pathId("id"),
                                        request.versions(),
                                        request.body(AccountPatch.class),
                                        request.origin()))
                        .map(this::addEnded));
        operations.on(
                "deleteUser",
                request -> bus.ask(
                                Administration.DELETE,
                                new Administration.Delete(
                                        request.caller(), request.pathId("id"), request.versions(), request.origin()))
                        .map(endedSessions::add));
        operations.on("findStats", this::stats);
    }

    private static Administration.Filter filter(Request request) {
        return new Administration.Filter(
                request.query().text("q"),
                request.query().choice("role", Caller.Role.class),
                request.query().flag("is_active"));
    }

    private AdministeredUser addEnded(Changed changed) {
        endedSessions.add(changed.ended());
        return changed.user();
    }

    // The users module first: it alone knows whether the caller is still an administrator.
    private Future<AdminStats> stats(Request request) {
        var query = new Statistics.Query(request.caller());
        return figures("users", query)
                .compose(users -> Future.all(
                                figures("conversations", query),
                                figures("messages", query),
                                figures("tasks", query),
                                figures("files", query))
                        .map(all -> AdminStats.of(
                                users, all.resultAt(0), all.resultAt(1), all.resultAt(2), all.resultAt(3))));
    }

    private Future<Figures> figures(String module, Statistics.Query query) {
        return bus.ask(Statistics.of(module), query);
    }
}

package io.parley.gateway.routes;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Figures;
import io.parley.contracts.users.Administration;
import io.parley.contracts.users.Administration.AccountPatch;
import io.parley.contracts.users.Administration.Changed;
import io.parley.contracts.users.User;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;

/** HTTP for administrators. What ends sessions is noted before it is answered. */
public final class AdministrationRoutes {
    private final Bus bus;
    private final EndedSessions ended;

    public AdministrationRoutes(Bus bus, EndedSessions ended) {
        this.bus = bus;
        this.ended = ended;
    }

    public void mount(Operations operations) {
        operations.on(
                "listUsers",
                request -> bus.ask(
                        Administration.LIST,
                        new Administration.ListUsers(request.caller(), filter(request), request.slice())));
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
                                        request.body(AccountPatch.class)))
                        .map(this::noted));
        operations.on(
                "deleteUser",
                request -> bus.ask(
                                Administration.DELETE,
                                new Administration.Delete(request.caller(), request.pathId("id"), request.versions()))
                        .map(ended::note));
        operations.on("findStats", this::stats);
    }

    private static Administration.Filter filter(Request request) {
        return new Administration.Filter(
                request.text("q"), request.choice("role", Caller.Role.class), request.flag("is_active"));
    }

    private User noted(Changed changed) {
        ended.note(changed.ended());
        return changed.user();
    }

    // Users first: it alone knows whether the caller is an administrator by now.
    private Future<AdminStats> stats(Request request) {
        var ask = new Statistics.Query(request.caller());
        return figures("users", ask)
                .compose(users -> Future.all(
                                figures("conversations", ask), figures("messages", ask), figures("tasks", ask))
                        .map(all -> AdminStats.of(users, all.resultAt(0), all.resultAt(1), all.resultAt(2))));
    }

    private Future<Figures> figures(String module, Statistics.Query ask) {
        return bus.ask(Statistics.of(module), ask);
    }
}

package io.parley.gateway.routes.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** HTTP for the programs that users have let in. */
public final class GrantRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    public GrantRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    public void mount(Operations operations) {
        operations.on(
                "listGrants",
                request -> bus.ask(
                        Grants.LIST,
                        new Grants.ListMine(request.caller(), request.query().pageRequest())));
        operations.on(
                "endGrant",
                request -> bus.ask(Grants.END, new Grants.End(request.caller(), request.pathId("id"), request.origin()))
                        .map(endedSessions::add));
    }
}

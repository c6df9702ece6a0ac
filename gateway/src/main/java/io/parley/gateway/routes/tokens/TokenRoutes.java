package io.parley.gateway.routes.tokens;

import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.TokenDraft;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Personal tokens. Only sessions manage them. */
public final class TokenRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    public TokenRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    public void mount(Operations operations) {
        operations.on(
                "createToken",
                request -> bus.ask(
                                Tokens.CREATE,
                                new Tokens.Create(request.caller(), request.body(TokenDraft.class), request.origin()))
                        .map(NewToken::of));
        operations.on(
                "listTokens",
                request -> bus.ask(
                        Tokens.LIST,
                        new Tokens.ListMine(request.caller(), request.query().pageRequest())));
        operations.on(
                "findToken", request -> bus.ask(Tokens.FIND, new Tokens.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "revokeToken",
                request -> bus.ask(
                                Tokens.REVOKE,
                                new Tokens.Revoke(request.caller(), request.pathId("id"), request.origin()))
                        .map(endedSessions::add));
    }
}

package io.parley.gateway.routes.administration;

import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.kernel.Bus;
import io.vertx.core.Future;

/** Invitations to register, for administrators. */
public final class InvitationRoutes {
    private final Bus bus;
    private final String publicUrl;

    /** @param publicUrl where people reach this server */
    public InvitationRoutes(Bus bus, String publicUrl) {
        this.bus = bus;
        this.publicUrl = publicUrl;
    }

    public void mount(Operations operations) {
        operations.on("createInvitation", this::create);
        operations.on(
                "listInvitations",
                request -> bus.ask(
                        Invitations.LIST,
                        new Invitations.ListAll(
                                request.caller(), request.query().pageRequest())));
        operations.on(
                "revokeInvitation",
                request -> bus.ask(Invitations.REVOKE, new Invitations.Revoke(request.caller(), request.pathId("id"))));
    }

    private Future<Answer> create(Request request) {
        return bus.ask(
                        Invitations.CREATE,
                        new Invitations.Create(request.caller(), request.body(InvitationDraft.class)))
                .map(created -> Answer.json(201, NewInvitation.of(created, publicUrl)));
    }
}

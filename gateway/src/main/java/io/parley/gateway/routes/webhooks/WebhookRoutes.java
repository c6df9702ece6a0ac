package io.parley.gateway.routes.webhooks;

import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.WebhookDraft;
import io.parley.contracts.webhooks.Webhooks.WebhookPatch;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Webhooks. Only sessions manage them. */
public final class WebhookRoutes {
    private final Bus bus;

    public WebhookRoutes(Bus bus) {
        this.bus = bus;
    }

    public void mount(Operations operations) {
        operations.on(
                "createWebhook",
                request -> bus.ask(
                                Webhooks.CREATE,
                                new Webhooks.Create(
                                        request.caller(), request.body(WebhookDraft.class), request.origin()))
                        .map(NewWebhook::of));
        operations.on(
                "listWebhooks",
                request -> bus.ask(
                        Webhooks.LIST,
                        new Webhooks.ListMine(request.caller(), request.query().pageRequest())));
        operations.on(
                "findWebhook",
                request -> bus.ask(Webhooks.FIND, new Webhooks.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "updateWebhook",
                request -> bus.ask(
                        Webhooks.UPDATE,
                        new Webhooks.Update(
                                request.caller(),
                                request.pathId("id"),
                                request.versions(),
                                request.body(WebhookPatch.class),
                                request.origin())));
        operations.on(
                "deleteWebhook",
                request -> bus.ask(
                        Webhooks.DELETE,
                        new Webhooks.Delete(
                                request.caller(), request.pathId("id"), request.versions(), request.origin())));
        operations.on(
                "rotateWebhookSecret",
                request -> bus.ask(
                                Webhooks.ROTATE_SECRET,
                                new Webhooks.Rotate(request.caller(), request.pathId("id"), request.origin()))
                        .map(NewSecret::of));
        operations.on(
                "testWebhook",
                request -> bus.ask(Webhooks.TEST, new Webhooks.Test(request.caller(), request.pathId("id"))));
        operations.on(
                "listWebhookDeliveries",
                request -> bus.ask(
                        Webhooks.ATTEMPTS,
                        new Webhooks.ListAttempts(
                                request.caller(),
                                request.pathId("id"),
                                request.query().pageRequest())));
    }
}
